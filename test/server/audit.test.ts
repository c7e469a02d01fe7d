import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { auditHash, verifyAudit } from '../../src-server/features/audit.ts';
import { runAudit } from '../../src-server/features/audit-command.ts';
import { auditRoot, readAuditLine, writeAuditLine, type AuditFault, type AuditLine } from '../../src-shared/protocol/audit-chain.ts';
import { sessionResponse } from '../../src-shared/protocol/wire.ts';
import { openOffice, password, people, personOf, post, signIn, tempDir } from './office.ts';

/** A server in whose audit something stands, as its administrator exports it. */
async function exportOf(t: TestContext): Promise<readonly string[]> {
  const { url, admin } = await openOffice(t);
  await admin.addPerson({ person: personOf('provinceClerk'), user: 'tinh.quantri', password, role: 'administrator' });
  await signIn(url, 'communeClerk');
  await post(`${url}/v1/session`, { user: people.communeLeader.user, password: 'sai' });
  await admin.setDisabled(people.communeLeader.user, true);
  const { token } = sessionResponse.parse(await (await post(`${url}/v1/session`, { user: 'tinh.quantri', password })).json());
  const answer = await fetch(`${url}/v1/audit`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.headers.get('content-type'), 'application/x-ndjson');
  const lines = (await answer.text()).trim().split('\n');
  const later = await fetch(`${url}/v1/audit?after=${lines.length - 1}`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await later.text()).trim().split('\n')[0], lines.at(-1), 'what comes after a line begins with the next');
  assert.equal((await fetch(`${url}/v1/audit?after=x`, { headers: { authorization: `Bearer ${token}` } })).status, 400);
  return lines;
}

const faultsOf = (lines: readonly string[], ...anchors: Parameters<typeof verifyAudit>[1][]): readonly AuditFault[] => verifyAudit(lines, anchors.flatMap((each) => each ?? [])).faults;
const parse = (text: string | undefined): AuditLine => {
  const line = readAuditLine(text ?? '');
  assert.ok(line);
  return line;
};
const write = (line: AuditLine): string => writeAuditLine(line).trim();

test('the audit tells who did what, without a secret, and its chain is whole', async (t) => {
  const lines = await exportOf(t);
  const told = lines.map((text) => parse(text)).map(({ action, user, subject }) => `${action} ${user ?? '-'} ${subject}`);
  assert.ok(told.includes('session.opened xa.vanthu xa.vanthu'));
  assert.ok(told.includes('session.refused xa.lanhdao xa.lanhdao'));
  assert.ok(told.includes('account.disabled console xa.lanhdao'));
  assert.equal(told.at(-1), 'audit.read tinh.quantri ', 'reading it is written down');
  assert.equal(lines.join('').includes(password), false);
  const verdict = verifyAudit(lines);
  assert.deepEqual([verdict.faults, verdict.lines, verdict.opensInside], [[], lines.length, false]);
});

test('the audit is read by administrators of the province’s own unit only', async (t) => {
  const { url, admin } = await openOffice(t);
  await admin.addPerson({ person: personOf('communeClerk'), user: 'xa.quantri', password, role: 'administrator' });
  const { token } = sessionResponse.parse(await (await post(`${url}/v1/session`, { user: 'xa.quantri', password })).json());
  assert.equal((await fetch(`${url}/v1/audit`, { headers: { authorization: `Bearer ${token}` } })).status, 403);
  assert.equal((await (await signIn(url, 'provinceLeader')).get('/v1/audit')).status, 403);
});

test('a changed line is named, whichever of its fields was changed', async (t) => {
  const lines = await exportOf(t);
  for (const over of [{ user: 'ai.khac' }, { action: 'session.opened' }, { atMs: 1 }, { subject: 'x' }, { detail: { reason: 'x' } }, { unit: null }] as const) {
    const bent = lines.map((text, index) => (index === 4 ? write({ ...parse(text), ...over } as AuditLine) : text));
    if (bent[4] === lines[4]) continue;
    assert.deepEqual(faultsOf(bent), [{ kind: 'changed', line: 5, seq: 5 }], JSON.stringify(over));
  }
});

test('a line whose hash was made to fit is named by the one after it', async (t) => {
  const lines = await exportOf(t);
  const before = parse(lines[3]);
  const changed = { ...parse(lines[4]), user: 'ai.khac' };
  const bent = lines.map((text, index) => (index === 4 ? write({ ...changed, hash: auditHash(before.hash, changed) }) : text));
  assert.deepEqual(faultsOf(bent), [{ kind: 'changed', line: 6, seq: 6 }]);
});

test('missing lines are named, one and several, and behind the end where the end is known', async (t) => {
  const lines = await exportOf(t);
  assert.deepEqual(faultsOf(lines.filter((_, index) => index !== 3)), [{ kind: 'missing', line: 4, from: 4, to: 4 }]);
  assert.deepEqual(faultsOf(lines.filter((_, index) => index < 2 || index > 4)), [{ kind: 'missing', line: 3, from: 3, to: 5 }]);
  const { seq, hash } = parse(lines.at(-1));
  assert.deepEqual(faultsOf(lines.slice(0, -2)), [], 'a chain that was cut off at its end is whole in itself');
  assert.deepEqual(faultsOf(lines.slice(0, -2), [{ seq, hash }]), [{ kind: 'missing', line: seq - 1, from: seq - 1, to: seq }]);
});

test('an inserted line is named, with a number of its own or another’s, its hash made to fit or not', async (t) => {
  const lines = await exportOf(t);
  const before = parse(lines[2]);
  const own = { ...before, seq: 4, subject: 'chèn vào' };
  const fits = { ...own, hash: auditHash(before.hash, own) };
  const put = (line: AuditLine, rest: readonly string[]): readonly string[] => [...lines.slice(0, 3), write(line), ...rest];
  assert.deepEqual(faultsOf(put(own, lines.slice(3))), [{ kind: 'inserted', line: 4, seq: 4 }]);
  const doubled = faultsOf(put(fits, lines.slice(3)));
  assert.ok(doubled.some(({ kind, line }) => kind === 'inserted' && (line === 4 || line === 5)), JSON.stringify(doubled));
  const countedOn = lines.slice(3).map((text) => write({ ...parse(text), seq: parse(text).seq + 1 }));
  assert.deepEqual(faultsOf(put(fits, countedOn)), [{ kind: 'inserted', line: 4, seq: 4 }], 'every number after it counted on');
});

test('a line taken out with every number after it counted back is found where it was', async (t) => {
  const lines = await exportOf(t);
  const back = [...lines.slice(0, 3), ...lines.slice(4).map((text) => write({ ...parse(text), seq: parse(text).seq - 1 }))];
  assert.deepEqual(faultsOf(back), [{ kind: 'changed', line: 4, seq: 4 }]);
});

test('a whole chain written anew is found by one line that was written down elsewhere', async (t) => {
  const lines = await exportOf(t);
  let previous = auditRoot;
  const anew = lines.map((text, index) => {
    const line = { ...parse(text), ...(index === 1 ? { user: 'ai.khac' } : {}) };
    previous = auditHash(previous, line);
    return write({ ...line, hash: previous });
  });
  assert.deepEqual(faultsOf(anew), []);
  const { seq, hash } = parse(lines[5]);
  assert.deepEqual(faultsOf(anew, [{ seq, hash }]), [{ kind: 'anchor', line: 6, seq: 6 }]);
});

test('the command judges a file, says what is wrong in words, and ends with the line to write down', async (t) => {
  const lines = await exportOf(t);
  const dir = tempDir(t);
  const file = (name: string, content: readonly string[]): string => {
    writeFileSync(join(dir, name), `${content.join('\n')}\n`);
    return join(dir, name);
  };
  const run = async (...argv: string[]): Promise<readonly [number, string]> => {
    const said: string[] = [];
    return [await runAudit(argv, (text) => void said.push(text)), said.join('')];
  };
  const last = parse(lines.at(-1));
  const [good, words] = await run('verify', file('good.jsonl', lines));
  assert.equal(good, 0, words);
  assert.ok(words.endsWith(`Last line ${last.seq}:${last.hash}\n`));
  const [bad, why] = await run('verify', file('bad.jsonl', lines.filter((_, index) => index !== 2)));
  assert.equal(bad, 1);
  assert.match(why, /number 3 is missing/);
  const [broken, unreadable] = await run('verify', file('broken.jsonl', [...lines.slice(0, 2), '{"seq":3}', ...lines.slice(3)]));
  assert.equal(broken, 1);
  assert.match(unreadable, /line 3 of the file is no line of an audit/);
  const part = file('part.jsonl', lines.slice(3));
  assert.match((await run('verify', part))[1], /begins at number 4/);
  const third = parse(lines[2]);
  assert.deepEqual((await run('verify', part, '--expect', `3:${third.hash}`))[0], 0);
  assert.equal((await run('verify', part, '--expect', `3:${'0'.repeat(64)}`))[0], 1);
  for (const wrong of [[], ['verify'], ['verify', join(dir, 'no-such-file')], ['export'], ['verify', part, '--expect', 'x'], ['--nonsense']]) assert.equal((await run(...wrong))[0], 2, wrong.join(' '));
  assert.equal((await run('--help'))[0], 0);
});
