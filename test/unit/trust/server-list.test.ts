import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import type { TrustList } from '../../../src-shared/protocol/trust.ts';
import { createTrust } from '../../../src-main/trust/trust.ts';
import type { TrustPort } from '../../../src-main/ports/trust.ts';
import { createCertificates, listOf, sha256, writeFolder } from './certificates.ts';

const pki = createCertificates();
after(pki.remove);
const now = new Date(Date.now() + 60_000);
const shippedDir = writeFolder(pki, 'shipped', [{ file: 'root.pem', role: 'anchor', der: pki.root }]);

function desk(dir = shippedDir): { readonly open: (at?: Date, from?: string) => TrustPort; readonly said: readonly string[] } {
  const values = new Map<string, string>();
  const said: string[] = [];
  const settings = { getSetting: (key: string) => values.get(key) ?? null, setSetting: (key: string, value: string) => void values.set(key, value) };
  return { said, open: (at = now, from = dir) => createTrust({ shippedDir: from, settings, now: () => at, log: (_, message, fields) => said.push(`${message} ${String(fields?.['code'] ?? '')}`.trim()) }) };
}

const answerOf = (list: TrustList | string, signature: string | null = null): unknown => ({ list: typeof list === 'string' ? list : JSON.stringify(list), signature });
const refusal = (result: ReturnType<TrustPort['server']['take']>): unknown => (result.ok ? null : result.error);
const names = (trust: TrustPort): readonly string[] => trust.state().certificates.map(({ commonName, origin }) => `${commonName} ${origin}`);
const anchor = { role: 'anchor', der: pki.root2 } as const;
const helper = { role: 'intermediate', der: pki.issuing } as const;

test('the server’s list is taken whole, stays after a restart, and what the next list drops leaves again', () => {
  const { open } = desk();
  const trust = open();
  assert.equal(refusal(trust.server.take(answerOf(listOf(3, [anchor, helper])), '"3-a"')), null);
  for (const each of [trust, open()]) {
    assert.deepEqual(names(each), ['root shipped', 'root2 server', 'issuing server']);
    assert.deepEqual([each.version, each.server.tag(), each.state().server.version], [2, '"3-a"', 3]);
  }
  assert.equal(refusal(trust.server.take(answerOf(listOf(4, [helper])), '"4-a"')), null);
  assert.deepEqual(names(trust), ['root shipped', 'issuing server']);
  assert.deepEqual([trust.anchors, trust.version], [[pki.root], 3]);
  assert.deepEqual(trust.state().changes.map(({ what, commonName, origin, version }) => [what, commonName, origin, version]), [['removed', 'root2', 'server', 3], ['added', 'root2', 'server', 2], ['added', 'issuing', 'server', 2]]);
});

test('what an administrator took in stays when the server’s list drops the same certificate', () => {
  const trust = desk().open();
  trust.add(pki.pem('root2'), [sha256(pki.root2)]);
  trust.server.take(answerOf(listOf(1, [anchor])), null);
  assert.deepEqual(names(trust), ['root shipped', 'root2 server']);
  assert.equal(trust.version, 2, 'the list itself did not change');
  trust.server.take(answerOf(listOf(2, [])), null);
  assert.deepEqual(names(trust), ['root shipped', 'root2 administrator']);
});

test('an older list, and other content under the same number, are refused; the same list again changes nothing', () => {
  const { open, said } = desk();
  const trust = open();
  trust.server.take(answerOf(listOf(5, [anchor])), '"5"');
  assert.deepEqual(refusal(trust.server.take(answerOf(listOf(4, [])), '"4"')), { code: 'trust.list-older', params: { theirs: 4, ours: 5 } });
  assert.deepEqual(trust.state().server.problem, { code: 'trust.list-older', params: { theirs: 4, ours: 5 } });
  assert.deepEqual(refusal(trust.server.take(answerOf(listOf(5, [])), '"5b"')), { code: 'trust.list-invalid', params: { reason: 'same-number' } });
  assert.deepEqual([trust.anchors.length, trust.server.tag(), trust.version], [2, '"5"', 2]);
  assert.equal(refusal(trust.server.take(answerOf(listOf(5, [anchor])), '"5c"')), null);
  assert.deepEqual([trust.version, trust.server.tag(), trust.state().server.problem], [2, '"5c"', null]);
  // the numbers are remembered over a restart
  assert.equal((refusal(open().server.take(answerOf(listOf(4, [])), null)) as { code: string }).code, 'trust.list-older');
  assert.ok(said.includes('a list of the server is refused trust.list-older'));
});

test('one certificate that is not what it should be, and nothing of the list is taken', () => {
  const clerk = pki.issue('clerk');
  const small = pki.make('small', { bits: 1024 });
  const old = pki.make('old-sub', { hash: 'sha1', issuer: 'root2' });
  const noSign = pki.make('no-sign', { extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature\n' });
  const trust = desk().open();
  const faults: readonly (readonly [TrustList | string, string])[] = [
    [listOf(1, [anchor, { role: 'anchor', der: clerk }]), 'not-ca'],
    [listOf(1, [anchor, { role: 'anchor', der: noSign }]), 'not-ca'],
    [listOf(1, [anchor, { role: 'anchor', der: small }]), 'weak-key'],
    [listOf(1, [anchor, { role: 'intermediate', der: old }]), 'weak-signature'],
    [listOf(1, [anchor, { role: 'intermediate', der: pki.issuing, sha256: sha256(pki.root) }]), 'hash'],
    [listOf(1, [anchor, { role: 'intermediate', der: pki.issuing.subarray(0, -1) }]), 'unreadable'],
    [listOf(1, [anchor, { role: 'intermediate', der: pki.root2 }]), 'twice'],
    [{ ...listOf(1, [anchor]), schema: 2 } as never, 'garbage'],
    [{ ...listOf(1, [anchor]), version: 0 }, 'garbage'],
    [{ ...listOf(1, [anchor]), dated: 'hôm nay' }, 'garbage'],
    ['{"schema":1', 'garbage'],
    [JSON.stringify(listOf(1, [])).replace('"certificates":[]', `"certificates":[{"role":"root","der":"AA==","sha256":"${'0'.repeat(64)}"}]`), 'garbage'],
  ];
  for (const [list, reason] of faults) assert.deepEqual(refusal(trust.server.take(answerOf(list), null)), { code: 'trust.list-invalid', params: { reason } });
  for (const answer of [null, 'xin chào', {}, { list: 7, signature: null }, { list: '{}', signature: '*' }, []]) assert.deepEqual(refusal(trust.server.take(answer, null)), { code: 'trust.list-invalid', params: { reason: 'garbage' } });
  assert.deepEqual([names(trust), trust.version, trust.state().server.version], [['root shipped'], 1, null]);
});

test('an authority whose days are over is taken from the server: it answers for what was signed in its time', () => {
  const short = pki.make('short', { days: 1 });
  const trust = desk().open(new Date(now.getTime() + 3 * 86_400_000));
  assert.equal(refusal(trust.server.take(answerOf(listOf(1, [{ role: 'anchor', der: short }])), null)), null);
  assert.deepEqual(names(trust), ['root shipped', 'short server']);
});

test('an office that follows no more forgets what the server brought, its number too, and takes nothing until it follows again', () => {
  const { open } = desk();
  const trust = open();
  trust.server.take(answerOf(listOf(9, [anchor])), '"9"');
  trust.server.asked(null);
  trust.follow(false);
  assert.deepEqual([names(trust), trust.server.isFollowed(), trust.server.tag(), trust.state().server], [['root shipped'], false, null, { version: null, dated: null, signedBy: null, askedAt: null, problem: null }]);
  assert.equal(refusal(trust.server.take(answerOf(listOf(10, [anchor])), null)), null);
  assert.deepEqual(names(open()), ['root shipped']);
  const again = open();
  again.follow(true);
  assert.equal(refusal(again.server.take(answerOf(listOf(2, [anchor])), null)), null);
  assert.deepEqual([names(again), again.state().server.version], [['root shipped', 'root2 server'], 2]);
});

test('where the program names who signs lists, a list counts only with that signature over these very bytes', () => {
  const signer = pki.issue('nguoi-ky-danh-sach');
  pki.issue('nguoi-khac');
  const dir = writeFolder(pki, 'with-signer', [{ file: 'root.pem', role: 'anchor', der: pki.root }, { file: 'signer.pem', role: 'list-signer', der: signer }]);
  const text = JSON.stringify(listOf(1, [anchor]));
  const sign = (content: string, by: string, ...more: string[]): string => {
    writeFileSync(pki.path('list.json'), content);
    pki.openssl('cms', '-sign', '-binary', '-md', 'sha256', '-in', 'list.json', '-signer', `${by}.pem`, '-inkey', `${by}.key`, '-outform', 'DER', '-out', 'list.p7s', ...more);
    return readFileSync(pki.path('list.p7s')).toString('base64');
  };
  const trust = desk(dir).open();
  assert.deepEqual(trust.anchors, [pki.root], 'who signs lists is trusted for nothing else');
  const reasonOf = (list: string, signature: string | null): unknown => (refusal(trust.server.take(answerOf(list, signature), null)) as { params: { reason: string } } | null)?.params.reason ?? null;
  assert.equal(reasonOf(text, null), 'unsigned');
  // a path to an anchor is not enough: this one has it too
  assert.equal(reasonOf(text, sign(text, 'nguoi-khac')), 'signer');
  assert.equal(reasonOf(text.replace('"version":1', '"version":2'), sign(text, 'nguoi-ky-danh-sach')), 'signature');
  assert.equal(reasonOf(text, 'MAMCAQA='), 'signature');
  assert.equal(reasonOf(text, sign(text, 'nguoi-ky-danh-sach', '-nodetach')), 'signature');
  assert.deepEqual([names(trust), trust.state().server.signedBy], [['root shipped'], null]);
  assert.equal(reasonOf(text, sign(text, 'nguoi-ky-danh-sach')), null);
  assert.deepEqual([names(trust), trust.state().server.signedBy], [['root shipped', 'root2 server'], 'nguoi-ky-danh-sach']);
  // a program that has come to know a signer lets go of what was taken unsigned, and asks for it whole
  const earlier = desk();
  earlier.open().server.take(answerOf(text), '"1"');
  assert.deepEqual(names(earlier.open()), ['root shipped', 'root2 server']);
  const updated = earlier.open(now, dir);
  assert.deepEqual([names(updated), updated.server.tag()], [['root shipped'], null]);
  assert.equal(refusal(updated.server.take(answerOf(text, sign(text, 'nguoi-ky-danh-sach')), '"1"')), null);
  assert.deepEqual(names(earlier.open(now, dir)), ['root shipped', 'root2 server']);
  const later = desk(dir).open(new Date(now.getTime() + 400 * 86_400_000));
  assert.deepEqual(refusal(later.server.take(answerOf(text, sign(text, 'nguoi-ky-danh-sach')), null)), { code: 'trust.list-invalid', params: { reason: 'signer' } });
});
