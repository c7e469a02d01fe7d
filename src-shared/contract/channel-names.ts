import type { Channel, EventName } from './index.ts';

/**
 * The door's words as plain text, for the preload: it is one small sandboxed file and must not carry the schemas. A name that is missing or
 * too many does not compile; `test/shell` compares the lists at run time too.
 */
export const channelNames = [
  'app.state', 'practice.switchDesk', 'practice.setLine', 'sync.status', 'sync.now', 'outbox.list', 'outbox.dismiss', 'directory.organizations', 'directory.people',
  'documents.list', 'documents.read', 'documents.counts', 'documents.register', 'documents.present', 'documents.refuse', 'documents.assign', 'documents.draft', 'documents.revise',
  'documents.submit', 'documents.returnToDrafter', 'documents.send',
  'content.info', 'content.read', 'content.beginImport', 'content.appendImport', 'content.finishImport',
  'tokens.list', 'signing.images', 'signing.propose', 'signing.approve', 'issuing.propose', 'issuing.issue',
  'verification.report',
] as const satisfies readonly Channel[];

export const bridgeEventNames = ['sync.status', 'desk.switched', 'documents.changed'] as const satisfies readonly EventName[];

/** What the list lacks; both are `never`. */
export type MissingChannel = Exclude<Channel, (typeof channelNames)[number]>;
export type MissingEvent = Exclude<EventName, (typeof bridgeEventNames)[number]>;
const nothingMissing: readonly [MissingChannel, MissingEvent] extends readonly [never, never] ? true : false = true;
void nothingMissing;

/** Between the preload and the shell. */
export const ipcCall = 'van-thu:call';
export const ipcEvent = 'van-thu:event';
