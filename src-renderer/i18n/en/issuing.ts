import type { issuing as vi } from '../vi/issuing.ts';

export const issuing: Readonly<Record<keyof typeof vi, string>> = {
  'recipients.add': 'Add a recipient',
  'recipients.placeholder': 'Type an office’s name, marks not needed',
  'recipients.none': 'No office matches.',
  'recipients.heading': 'Recipients ({count})',
  'issue.title': 'Number and seal',
  'issue.leaderSigned': 'Signed by the leader: {name}. That signature stays valid.',
  'issue.number': 'Number',
  'issue.notation': 'Notation',
  'issue.date': 'Date of issue',
  'issue.book': 'Register',
  'issue.bookHeld': 'This machine holds the register and can number without a line',
  'issue.signAndSend': 'Sign, give number {number} and send',
  'issue.signOnly': 'Sign and number, send later',
  'issue.notPrepared': 'The document has no prepared fields: number and date go into the seal signature’s own picture.',
  'issue.prepared': 'Number and date fill prepared fields; the leader’s signature is not touched.',
  'issue.noRecipients': 'No recipients yet: add some, or send later.',
  'issue.readyTitle': 'Ready to sign',
};
