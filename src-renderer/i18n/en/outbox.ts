import type { outbox as vi } from '../vi/outbox.ts';

export const outbox: Readonly<Record<keyof typeof vi, string>> = {
  'outbox.offlineSince': 'Offline since {time} — {count, plural, one {# item will be sent by itself} other {# items will be sent by themselves}}',
  'outbox.offline': 'Offline — {count, plural, one {# item will be sent by itself} other {# items will be sent by themselves}}',
  'outbox.offlineHelp': 'There is nothing more for you to do. When the line is back, everything goes in the order below.',
  'outbox.emptyTitle': 'Nothing is waiting',
  'problems.emptyTitle': 'All is well',
  'problems.kept': '{count, plural, one {# item was} other {# items were}} not accepted by the server',
  'problems.todo': 'Read the reason, open the document to do it again if need be, then take it off the list. Nothing is lost without your knowing.',
  'outbox.at': 'Done at {time}',
  'outbox.more': 'Show {count} more ({left} left)',
  'outbox.sendingFile': 'Sending the file',
  'outbox.behind': 'Goes after the one above, same document',
  'outbox.confirming': 'Sent, and the answer has not been heard. The program is asking the server again; nothing is done twice.',
  'outbox.held': 'held for some seconds, to be taken back',
  'outbox.tryNow': 'Try to send now',
  'outbox.stopped.clash': 'Waits for you to choose between the two versions of what came before.',
  'outbox.stopped.problem': 'Waits for you to settle what came before it on this document.',
  'problems.open': 'Show what needs attention',
  'outbox.withdraw': 'Take back',
  'outbox.withdrawn': 'Taken back: {what}',
};
