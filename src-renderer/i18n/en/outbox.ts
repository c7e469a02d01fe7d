import type { outbox as vi } from '../vi/outbox.ts';

export const outbox: Readonly<Record<keyof typeof vi, string>> = {
  'outbox.offlineSince': 'Offline since {time} — {count} to be sent by themselves',
  'outbox.offline': 'Offline — {count} to be sent by themselves',
  'outbox.offlineHelp': 'There is nothing more for you to do. When the line is back, everything goes in the order below.',
  'outbox.signedOut': 'Not sent yet: your session has ended',
  'outbox.signedOutHelp': 'Kept here: {count}. All of it is sent once you sign in again.',
  'outbox.online': 'Online — sending {count}',
  'outbox.emptyTitle': 'Nothing is waiting',
  'problems.emptyTitle': 'All is well',
  'problems.kept': 'Not accepted by the server: {count}',
  'problems.todo': 'Read the reason, open the document to do it again if need be, then take it off the list. Nothing is lost without your knowing.',
  'outbox.at': 'Done at {time}',
  'outbox.sendingFile': 'Sending the file',
  'outbox.withdraw': 'Take back',
  'outbox.withdrawn': 'Taken back: {what}',
};
