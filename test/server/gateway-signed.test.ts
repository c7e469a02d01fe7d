import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeDigests } from '../../src-server/gateway/digests.ts';
import { openPackageSigner } from '../../src-server/gateway/package-signing.ts';
import { parseConfig } from '../../src-server/operation/config.ts';
import { makeKey, signerOf } from '../edxml/support/keys.ts';
import { overBoth } from '../storage/backends.ts';
import { government, letter, openAxisRound, packageOf, pdf } from './gateway-box.ts';
import { tempDir } from './office.ts';

overBoth((backend) => {
  test('with a key of its own the province signs every package and every state that goes out', async (t) => {
    const keys = tempDir(t);
    makeKey(keys, 'rsa');
    const { box, sender, issue } = await openAxisRound(t, backend, { key: join(keys, 'rsa.key'), certificate: join(keys, 'rsa.crt') });
    assert.equal(await box.taken('a', await packageOf(letter())), 'done');
    const { document } = await issue({ title: 'Gửi ra ngoài' });
    await sender.done(document, { type: 'send', args: { recipients: [government] } });
    const sent = await box.until('a state and a package have left', async () => {
      const all = await box.sent();
      return all.length === 2 && all;
    });
    assert.deepEqual(sent.map(({ message }) => message.kind).toSorted(), ['document', 'status']);
    for (const { signature } of sent) {
      assert.ok(signature.state === 'intact' && !signature.legacy, signature.state);
      assert.equal(signature.algorithm, 'rsa-sha256');
    }
  });

  test('how a package was signed goes with its document, and none of it refuses the package', async (t) => {
    const { box, clerk } = await openAxisRound(t, backend);
    const key = makeKey(tempDir(t), 'rsa');
    const signing = (algorithm: 'rsa-sha1' | 'rsa-sha256') => ({ signing: { signer: signerOf(key, algorithm), digests: nodeDigests } });
    const changed = (await packageOf(letter({ title: 'Bị sửa' }), pdf, signing('rsa-sha256'))).toString().replace('Bị sửa', 'Bị đổi');
    assert.equal(await box.taken('none', await packageOf(letter({ title: 'Không ký' }))), 'done');
    assert.equal(await box.taken('new', await packageOf(letter({ title: 'Có ký' }), pdf, signing('rsa-sha256'))), 'done');
    assert.equal(await box.taken('old', await packageOf(letter({ title: 'Ký SHA-1' }), pdf, signing('rsa-sha1'))), 'done');
    assert.equal(await box.taken('changed', Buffer.from(changed)), 'done');
    const found = new Map([...(await clerk.logs()).values()].map(([first]) => (first?.type === 'received' ? [first.title, first.packageSignature] : assert.fail(first?.type))));
    assert.deepEqual(Object.fromEntries(found), {
      'Không ký': { state: 'none' },
      'Có ký': { state: 'intact', legacy: false, signer: 'Van thu rsa' },
      'Ký SHA-1': { state: 'intact', legacy: true, signer: 'Van thu rsa' },
      'Bị đổi': { state: 'broken', why: 'digest' },
    });
  });
});

test('a key that is missing, of another certificate, locked, or no RSA key is said by its file, and a locked one opens with its passphrase', (t) => {
  const [one, two] = [tempDir(t), tempDir(t)];
  for (const folder of [one, two]) makeKey(folder, 'rsa');
  makeKey(one, 'ecdsa');
  const [key, certificate] = [join(one, 'rsa.key'), join(one, 'rsa.crt')];
  assert.throws(() => openPackageSigner({ key: join(one, 'none.key'), certificate }), /none\.key cannot be read: ENOENT/);
  assert.throws(() => openPackageSigner({ key, certificate: join(two, 'rsa.crt') }), /rsa\.crt is not the certificate of .*rsa\.key/);
  assert.throws(() => openPackageSigner({ key: join(one, 'ecdsa.key'), certificate: join(one, 'ecdsa.crt') }), /ecdsa\.key: a package is signed with an RSA key/);
  writeFileSync(join(one, 'broken.crt'), 'không phải chứng thư');
  assert.throws(() => openPackageSigner({ key, certificate: join(one, 'broken.crt') }), /broken\.crt cannot be read/);
  const locked = join(one, 'locked.key');
  execFileSync('openssl', ['pkcs8', '-topk8', '-in', key, '-out', locked, '-passout', 'pass:bi-mat-goi-tin'], { stdio: 'ignore' });
  assert.throws(() => openPackageSigner({ key: locked, certificate }), (error: Error) => /locked\.key cannot be read/.test(error.message) && !error.message.includes('PRIVATE'));
  assert.equal(openPackageSigner({ key: locked, certificate, passphrase: 'bi-mat-goi-tin' }).algorithm, 'rsa-sha256');
});

test('the passphrase of the key comes from the environment, and an unknown word beside the key is refused', () => {
  const file = (signing: object): string => JSON.stringify({ dir: '/srv', axis: { units: ['H48'], signing, channel: { kind: 'folder', dir: '/srv/axis' } } });
  const read = parseConfig(file({ key: '/k.pem', certificate: '/c.pem' }), { VAN_THU_AXIS_KEY_PASSPHRASE: 'mật khẩu' });
  assert.deepEqual(read.ok && read.config.axis?.signing, { key: '/k.pem', certificate: '/c.pem', passphrase: 'mật khẩu' });
  assert.equal(parseConfig(file({ key: '/k.pem', certificate: '/c.pem', passphrase: 'lộ' }), {}).ok, false);
});
