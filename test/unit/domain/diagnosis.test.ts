import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Crash } from '../../../src-shared/domain/crash.ts';
import { checkIds, describeCheck, judgeMachine, sentenceKeys, type CheckId, type MachineFacts } from '../../../src-shared/domain/diagnosis.ts';

const well: MachineFacts = {
  version: '0.1.0', system: 'Windows', now: '2026-11-23T02:00:00.000Z', disk: { freeBytes: 80e9, totalBytes: 250e9 }, database: { deskBytes: 40e6, contentBytes: 2e9, logBytes: 1e6 },
  server: { host: 'vanthu.tinh.gov.vn', outcome: 'answers', tookMs: 120, skewMs: 400 }, proxy: false, drivers: [{ driver: 'eTPKCS11.dll', problem: null }],
  tokens: [{ driver: 'eTPKCS11.dll', pin: { countLow: false, finalTry: false, locked: false }, certificates: [{ notAfter: '2028-01-01T00:00:00.000Z', usable: 'ok', hasPrivateKey: true }] }],
  work: { waiting: 0, problems: 0, conflicts: 0 }, crashes: [],
};
const fall: Crash = { at: '2026-11-22T03:00:00.000Z', part: 'window', reason: 'crashed', exitCode: 5, version: '0.1.0', where: [] };
type Server = NonNullable<MachineFacts['server']>;
const server = (change: Partial<Server>): MachineFacts => ({ ...well, server: { ...(well.server as Server), ...change } });
const token = (change: Partial<MachineFacts['tokens'][number]>): MachineFacts => ({ ...well, tokens: well.tokens.map((one) => ({ ...one, ...change })) });
const pin = (change: Partial<MachineFacts['tokens'][number]['pin']>): MachineFacts => token({ pin: { countLow: false, finalTry: false, locked: false, ...change } });
const certificate = (notAfter: string, usable = 'ok'): MachineFacts => token({ certificates: [{ notAfter, usable, hasPrivateKey: true }] });

const table: readonly (readonly [name: string, facts: MachineFacts, id: CheckId, says: string, state: string])[] = [
  ['no desk yet', { ...well, database: null }, 'database', 'database.none', 'unknown'],
  ['a write log that nobody takes in', { ...well, database: { deskBytes: 1, contentBytes: 1, logBytes: 600e6 } }, 'database', 'database.log', 'warn'],
  ['a disk with little room', { ...well, disk: { freeBytes: 4e9, totalBytes: 250e9 } }, 'disk', 'disk.low', 'warn'],
  ['a full disk', { ...well, disk: { freeBytes: 1e8, totalBytes: 250e9 } }, 'disk', 'disk.full', 'bad'],
  ['a disk that does not say', { ...well, disk: null }, 'disk', 'disk.unknown', 'unknown'],
  ['a clock a quarter of an hour fast', server({ skewMs: 15 * 60_000 }), 'clock', 'clock.fast', 'warn'],
  ['a clock two days slow', server({ skewMs: -2 * 86_400_000 }), 'clock', 'clock.slow', 'bad'],
  ['no answer to set the clock by', server({ outcome: 'unreachable', skewMs: null }), 'clock', 'clock.unknown', 'unknown'],
  ['nobody has signed in', { ...well, server: null }, 'server', 'server.none', 'unknown'],
  ['a slow line', server({ tookMs: 7000 }), 'server', 'server.slow', 'warn'],
  ['a wireless that wants a sign-in', server({ outcome: 'other', skewMs: null }), 'server', 'server.other', 'bad'],
  ['a certificate of another', server({ outcome: 'untrusted', skewMs: null }), 'server', 'server.untrusted', 'bad'],
  ['no line', server({ outcome: 'unreachable', skewMs: null }), 'server', 'server.unreachable', 'bad'],
  ['no line behind a proxy', { ...server({ outcome: 'unreachable', skewMs: null }), proxy: true }, 'server', 'server.behindProxy', 'bad'],
  ['no software of the token', { ...well, drivers: [], tokens: [] }, 'driver', 'driver.missing', 'bad'],
  ['software of 32 bits', { ...well, drivers: [{ driver: 'a.dll', problem: 'token.driver-32-bit' }], tokens: [] }, 'driver', 'driver.32-bit', 'bad'],
  ['software that does not run', { ...well, drivers: [{ driver: 'a.dll', problem: 'token.failed' }], tokens: [] }, 'driver', 'driver.broken', 'bad'],
  ['a loose USB', { ...well, tokens: [] }, 'token', 'token.absent', 'warn'],
  ['no software to look with', { ...well, drivers: [], tokens: [] }, 'token', 'token.unknown', 'unknown'],
  ['a certificate of a month', certificate('2026-12-20T00:00:00.000Z'), 'certificate', 'certificate.soon', 'warn'],
  ['a spent certificate', certificate('2026-01-01T00:00:00.000Z', 'expired'), 'certificate', 'certificate.expired', 'bad'],
  ['a token without a certificate', token({ certificates: [] }), 'certificate', 'certificate.none', 'bad'],
  ['no token to look at', { ...well, tokens: [] }, 'certificate', 'certificate.unknown', 'unknown'],
  ['a locked PIN', pin({ locked: true, finalTry: true }), 'pin', 'pin.locked', 'bad'],
  ['one try left', pin({ finalTry: true, countLow: true }), 'pin', 'pin.final', 'warn'],
  ['a wrong PIN before', pin({ countLow: true }), 'pin', 'pin.low', 'warn'],
  ['no token to ask', { ...well, tokens: [] }, 'pin', 'pin.unknown', 'unknown'],
  ['work that waits', { ...well, work: { waiting: 3, problems: 0, conflicts: 0 } }, 'work', 'work.waiting', 'ok'],
  ['work that needs a person', { ...well, work: { waiting: 0, problems: 1, conflicts: 1 } }, 'work', 'work.problems', 'warn'],
  ['a window that fell twice', { ...well, crashes: [fall, { ...fall, at: '2026-11-20T03:00:00.000Z' }] }, 'crashes', 'crashes.some', 'warn'],
  ['a machine without memory', { ...well, crashes: [{ ...fall, reason: 'oom' }] }, 'crashes', 'crashes.memory', 'warn'],
  ['a fall of last month', { ...well, crashes: [{ ...fall, at: '2026-10-20T03:00:00.000Z' }] }, 'crashes', 'crashes.none', 'ok'],
  ['no record of falls', { ...well, crashes: null }, 'crashes', 'crashes.unknown', 'unknown'],
  ['no desk whose work it were', { ...well, work: null }, 'work', 'work.unknown', 'unknown'],
];

test('where nothing is amiss every line says so', () => {
  const checks = judgeMachine(well);
  assert.deepEqual(checks.map(({ id }) => id), [...checkIds]);
  assert.deepEqual(checks.map(({ says }) => says), ['database.ok', 'disk.ok', 'clock.ok', 'server.ok', 'driver.ok', 'token.ok', 'certificate.ok', 'pin.ok', 'work.none', 'crashes.none']);
  assert.ok(checks.every(({ state }) => state === 'ok'));
});

for (const [name, facts, id, says, state] of table) {
  test(`${name}: ${says}`, () => {
    const check = judgeMachine(facts).find((one) => one.id === id);
    assert.deepEqual([check?.says, check?.state], [says, state]);
  });
}

test('every sentence is said of something, and none has a hole left, in either language', () => {
  const said = new Map([well, ...table.map(([, facts]) => facts)].flatMap((facts) => judgeMachine(facts)).map((check) => [check.says, check]));
  assert.deepEqual([...said.keys()].toSorted(), [...sentenceKeys].toSorted());
  for (const check of said.values()) for (const locale of ['vi', 'en'] as const) assert.doesNotMatch(describeCheck(check, locale), /[{}]|undefined|\(\s*\)/, check.says);
});
