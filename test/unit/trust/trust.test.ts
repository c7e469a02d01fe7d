import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import type { KeptSettings } from '../../../src-main/trust/kept.ts';
import { createTrust, type TrustOptions } from '../../../src-main/trust/trust.ts';
import type { TrustPort } from '../../../src-main/ports/trust.ts';
import { createCertificates, sha256, writeFolder } from './certificates.ts';

const pki = createCertificates();
after(pki.remove);
// the certificates are made now, so it must be a little later
const now = new Date(Date.now() + 60_000);
const today = new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
const shippedDir = writeFolder(pki, 'shipped', [{ file: 'root.pem', role: 'anchor', der: pki.root }]);

type Opened = { readonly trust: TrustPort; readonly said: readonly string[]; readonly told: () => number };

/** A profile's settings, and the desk's list over them as often as it is opened. */
function profile(): { readonly settings: KeptSettings; readonly values: Map<string, string>; readonly open: (more?: Partial<TrustOptions>) => Opened } {
  const values = new Map<string, string>();
  const settings: KeptSettings = { getSetting: (key) => values.get(key) ?? null, setSetting: (key, value) => void values.set(key, value) };
  return {
    settings, values,
    open: (more) => {
      const said: string[] = [];
      let told = 0;
      const trust = createTrust({ shippedDir, settings, now: () => now, log: (level, message) => said.push(`${level}: ${message}`), ...more });
      trust.onChanged(() => (told += 1));
      return { trust, said, told: () => told };
    },
  };
}

test('what is shipped is there at once under number 1; what an administrator takes in stands beside it after the program is opened again', () => {
  const { open } = profile();
  const first = open();
  assert.deepEqual([first.trust.anchors, first.trust.intermediates, first.trust.version, first.trust.dated], [[pki.root], [], 1, today]);
  assert.deepEqual(first.trust.add(Buffer.concat([pki.pem('root2'), pki.pem('issuing')]), [sha256(pki.root2), sha256(pki.issuing)]), { ok: true, value: null });
  assert.equal(first.told(), 1);
  for (const { trust } of [first, open()]) {
    assert.deepEqual(new Set(trust.anchors), new Set([pki.root, pki.root2]));
    assert.deepEqual(trust.intermediates, [pki.issuing]);
    assert.equal(trust.version, 2);
    assert.deepEqual(trust.state().certificates.map(({ commonName, role, origin }) => [commonName, role, origin]), [['root', 'anchor', 'shipped'], ['root2', 'anchor', 'administrator'], ['issuing', 'intermediate', 'administrator']]);
  }
});

test('a spread of the port carries the certificates as they are at that moment', () => {
  const { trust } = profile().open();
  const before = { ...trust };
  trust.add(pki.pem('root2'), [sha256(pki.root2)]);
  assert.deepEqual([before.anchors.length, { ...trust }.anchors.length], [1, 2]);
});

test('only what an administrator took in can be taken out, and each deed is told with its number', () => {
  const { open } = profile();
  const { trust, told, said } = open();
  trust.add(pki.pem('root2'), [sha256(pki.root2)]);
  assert.deepEqual(trust.remove(sha256(pki.root)), { ok: false, error: { code: 'not-found', params: { what: '' } } });
  assert.deepEqual(trust.anchors.length, 2);
  assert.deepEqual(trust.remove(sha256(pki.root2)), { ok: true, value: null });
  assert.deepEqual(trust.anchors, [pki.root]);
  assert.deepEqual([trust.version, told()], [3, 2]);
  assert.deepEqual(trust.state().changes.map(({ what, commonName, origin, version }) => [what, commonName, origin, version]), [['removed', 'root2', 'administrator', 3], ['added', 'root2', 'administrator', 2]]);
  assert.deepEqual(said, ['warn: the list of trust changed', 'warn: the list of trust changed']);
});

test('taking in what is known already changes nothing and gives no number', () => {
  const { trust, told } = profile().open();
  assert.deepEqual(trust.add(pki.pem('root'), [sha256(pki.root)]), { ok: true, value: null });
  assert.deepEqual([trust.version, trust.anchors.length, told()], [1, 1, 0]);
});

test('a program that ships another list gives it a new number and says what came and what left', () => {
  const { open } = profile();
  open();
  const other = writeFolder(pki, 'shipped-later', [{ file: 'a.der', role: 'anchor', der: pki.root2 }]);
  const { trust, said } = open({ shippedDir: other, now: () => new Date('2027-01-31T20:00:00Z') });
  assert.deepEqual([trust.version, trust.dated, trust.anchors], [2, '2027-02-01', [pki.root2]]);
  assert.deepEqual(trust.state().changes.map(({ what, commonName }) => [what, commonName]), [['removed', 'root'], ['added', 'root2']]);
  assert.equal(said.filter((each) => each.includes('changed')).length, 2);
});

test('what a file offers is told with its fault, and nothing of it is taken by looking', () => {
  const clerk = pki.issue('clerk');
  const small = pki.make('small', { bits: 1024 });
  const sha1 = pki.make('sha1-sub', { hash: 'sha1', issuer: 'root2' });
  const sha1Root = pki.make('sha1-root', { hash: 'sha1' });
  const all = Buffer.concat(['root', 'root2', 'issuing', 'clerk', 'small', 'sha1-sub', 'sha1-root'].map(pki.pem));
  const broken = Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  const { trust, told } = profile().open();
  const found = trust.examine(Buffer.concat([all, broken]));
  assert.ok(found.ok);
  assert.deepEqual(found.value.map(({ commonName, role, known, problem }) => [commonName, role, known, problem]), [
    ['root', 'anchor', true, null], ['root2', 'anchor', false, null], ['issuing', 'intermediate', false, null], ['clerk', 'intermediate', false, 'not-ca'],
    ['small', 'anchor', false, 'weak-key'], ['sha1-sub', 'intermediate', false, 'weak-signature'],
    ['sha1-root', 'anchor', false, null], ['', 'anchor', false, 'unreadable'],
  ]);
  assert.equal(found.value[3]?.thumbprint, sha256(clerk));
  for (const der of [clerk, small, sha1]) {
    const refused = trust.add(all, [sha256(pki.root2), sha256(der)]);
    assert.equal(refused.ok ? '' : refused.error.code, 'trust.unfit');
  }
  assert.equal(trust.add(all, [sha256(sha1Root)]).ok, true);
  // the refused deeds took nothing, not even what was sound in them
  assert.deepEqual([trust.anchors.length, told()], [2, 1]);
});

test('a certificate whose time is over, or has not begun, cannot be taken in', () => {
  const short = pki.make('short', { days: 30 });
  for (const [days, fault] of [[-1, 'not-yet-valid'], [29, null], [31, 'expired']] as const) {
    const { trust } = profile().open({ now: () => new Date(now.getTime() + days * 86_400_000) });
    const found = trust.examine(pki.pem('short'));
    assert.deepEqual(found.ok && found.value.map(({ problem }) => problem), [fault]);
    const added = trust.add(pki.pem('short'), [sha256(short)]);
    assert.deepEqual(added.ok ? null : added.error, fault === null ? null : { code: 'trust.unfit', params: { name: 'short', reason: fault } });
  }
});

test('a name alone makes no anchor: a certificate that calls itself its own issuer and is signed by another is offered as help', () => {
  pki.openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'posing.key');
  pki.openssl('req', '-new', '-key', 'posing.key', '-subj', '/C=VN/O=Nơi cấp thử/CN=root2', '-utf8', '-out', 'posing.csr');
  writeFileSync(pki.path('posing.ext'), 'basicConstraints=critical,CA:TRUE\n');
  pki.openssl('x509', '-req', '-in', 'posing.csr', '-CA', 'root2.pem', '-CAkey', 'root2.key', '-CAcreateserial', '-sha256', '-days', '30', '-extfile', 'posing.ext', '-out', 'posing.pem');
  const found = profile().open().trust.examine(pki.pem('posing'));
  assert.deepEqual(found.ok && found.value.map(({ commonName, issuer, role }) => [commonName, issuer, role]), [['root2', 'root2', 'intermediate']]);
});

test('a file without a certificate, and one that is named and not in it, are refused', () => {
  const { trust } = profile().open();
  for (const bytes of [Buffer.from('xin chào'), readFileSync(pki.path('root.key')), new Uint8Array(3_000_000)]) {
    assert.deepEqual(trust.examine(bytes), { ok: false, error: { code: 'trust.no-certificate' } });
    assert.deepEqual(trust.add(bytes, [sha256(pki.root2)]), { ok: false, error: { code: 'trust.no-certificate' } });
  }
  const refused = trust.add(pki.pem('root2'), [sha256(pki.root2), sha256(pki.issuing)]);
  assert.equal(refused.ok ? '' : refused.error.code, 'input.invalid');
  assert.deepEqual(trust.anchors, [pki.root]);
});

test('damage of what was kept is said and laid aside, what was shipped stands, and no number is given twice', () => {
  const { open, values } = profile();
  const { trust: before } = open();
  before.add(pki.pem('root2'), [sha256(pki.root2)]);
  const kept = values.get('trust.kept') ?? '';
  const der = Buffer.from(pki.root2).toString('base64');
  for (const damaged of ['{"schema":1', kept.replace('"schema":1', '"schema":9'), kept.replace(der, Buffer.from(pki.issuing).toString('base64')), kept.replace('"own"', '"mine"')]) {
    assert.notEqual(damaged, kept);
    values.set('trust.kept', damaged);
    const { trust, said } = open();
    assert.deepEqual(trust.anchors, [pki.root], damaged.slice(0, 20));
    assert.ok(said.includes('error: the kept list of trust cannot be read; what was shipped stands'));
    assert.equal(trust.state().damaged, true);
    assert.equal(values.get('trust.damaged'), damaged);
    assert.ok(trust.version >= 3);
  }
  const { trust } = open();
  const number = trust.version;
  trust.add(pki.pem('root2'), [sha256(pki.root2)]);
  assert.deepEqual([trust.version, trust.state().damaged, open().trust.state().damaged], [number + 1, false, false]);
});

test('damage does not make an office follow a server that it turned away from, nor begin the numbers anew', () => {
  const { open, values } = profile();
  const { trust: before } = open();
  before.follow(false);
  before.add(pki.pem('root2'), [sha256(pki.root2)]);
  assert.equal(before.version, 2);
  values.set('trust.kept', '{');
  values.set('trust.book', '{');
  const { trust } = open();
  assert.deepEqual([trust.state().followServer, trust.version > 2, trust.anchors], [false, true, [pki.root]]);
});

test('the practice office’s own anchors are shown as practice', () => {
  const { trust } = profile().open({ extra: { anchors: [pki.root2], intermediates: [pki.issuing] } });
  assert.deepEqual(trust.state().certificates.map(({ commonName, origin }) => [commonName, origin]), [['root', 'shipped'], ['root2', 'practice'], ['issuing', 'practice']]);
});

test('a shipped file that is another one than was promised is told on the screen and in the log', () => {
  const dir = writeFolder(pki, 'wrong', [{ file: 'a.pem', role: 'anchor', der: pki.root2, sha256: sha256(pki.root) }]);
  const { trust, said } = profile().open({ shippedDir: dir });
  assert.deepEqual([trust.anchors, trust.state().refused, said], [[], ['a.pem: another hash'], ['error: shipped certificates that are not believed']]);
});
