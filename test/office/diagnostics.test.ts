import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openOffice, type OfficeUnderTest } from './support.ts';

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

const clerk = 'commune-clerk';

test('a desk looks at its machine, its server and its token, each with a sentence', async () => {
  const { checks } = await o.ask(clerk, 'diagnostics.look', {});
  const states = Object.fromEntries(checks.map(({ id, state }) => [id, state]));
  assert.deepEqual([states['database'], states['clock'], states['server'], states['driver'], states['token'], states['certificate'], states['pin']], ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'], JSON.stringify(checks));
  for (const { words } of checks) assert.ok(words.vi.length > 10 && words.en.length > 10);
});

test('without a line it says so, and that work goes on', async () => {
  o.office.desks.get(clerk)?.line.cut();
  const { checks } = await o.ask(clerk, 'diagnostics.look', {});
  o.office.desks.get(clerk)?.line.mend();
  const server = checks.find(({ id }) => id === 'server');
  assert.deepEqual([server?.state, /Vẫn làm việc được/.test(server?.words.vi ?? '')], ['bad', true]);
  assert.equal(checks.find(({ id }) => id === 'clock')?.state, 'unknown');
});

test('what may be sent to whoever helps holds no name, no title, no PIN and no path', async () => {
  const { bundle } = await o.ask(clerk, 'diagnostics.look', {});
  const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 50 });
  const seated = o.office.desks.get(clerk);
  assert.ok(seated !== undefined && rows.length > 0);
  const { tokens } = await o.ask(clerk, 'tokens.list', {});
  const forbidden = [
    ...rows.flatMap(({ document }) => [document.title, document.from.name]), ...[...o.office.desks.values()].flatMap(({ cast }) => [cast.person.fullName, cast.pin, cast.password, cast.unit.name, cast.user]),
    ...tokens.flatMap(({ serial, label, certificates }) => [serial, label, ...certificates.flatMap(({ commonName, thumbprint }) => [commonName, thumbprint])]), o.dir,
  ].filter((word) => word.length > 3);
  assert.ok(forbidden.length > 20);
  for (const word of forbidden) assert.equal(bundle.text.includes(word), false, word);
  assert.match(bundle.fileName, /^van-thu-kiem-tra-may-\d{4}-\d\d-\d\d\.json$/);
  assert.equal((JSON.parse(bundle.text) as { facts: { version: string } }).facts.version.length > 0, true);
});
