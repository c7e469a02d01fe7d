import type { EventName } from '../../../src-shared/contract/index.ts';

/** What is answered while the screen is locked: how it stands, how it looks, and the ways to open it. Nothing of the desk, and nothing that changes anything. */
const open: ReadonlySet<string> = new Set(['session.state', 'session.lock', 'session.active', 'session.certificates', 'session.unlock', 'session.unlockWithToken', 'settings.read']);

/** What a locked screen hears. New documents are counted for the system's notice, which bears a number and no title. */
const heard: ReadonlySet<EventName> = new Set(['session.changed', 'settings.changed', 'desk.switched', 'documents.arrived']);

export function isBehindLock(channel: string): boolean {
  return !open.has(channel);
}

export function isHeardWhileLocked(name: EventName): boolean {
  return heard.has(name);
}
