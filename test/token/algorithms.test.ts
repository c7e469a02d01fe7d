import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { constants, createHash, createPrivateKey, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { digestNames, splitAlgorithm, type DigestName, type SignatureAlgorithm, type SigningKey } from '../../src-main/ports/token.ts';
import { createTokens, type Tokens } from '../../src-main/token/client.ts';
import { provisionToken } from '../../src-main/token/provision.ts';
import { createSoftHsm } from '../support/softhsm.ts';
import { buildShim } from './shim/build-shim.ts';
import { valueOf } from './shim/shim-bench.ts';

/** OpenSSL's words for each kind of key that a token may hold, and how it signs at each digest of the policy. */
const kinds = {
  'RSA 2048': { words: ['RSA', 'rsa_keygen_bits:2048'], expected: { sha256: 'rsa-pkcs1-sha256', sha384: 'rsa-pkcs1-sha384', sha512: 'rsa-pkcs1-sha512' } },
  'RSA 4096': { words: ['RSA', 'rsa_keygen_bits:4096'], expected: { sha256: 'rsa-pkcs1-sha256', sha384: 'rsa-pkcs1-sha384', sha512: 'rsa-pkcs1-sha512' } },
  'RSA-PSS': { words: ['RSA-PSS', 'rsa_keygen_bits:2048'], expected: { sha256: 'rsa-pss-sha256', sha384: 'rsa-pss-sha384', sha512: 'rsa-pss-sha512' } },
  'RSA-PSS bound to SHA-384': {
    words: ['RSA-PSS', 'rsa_keygen_bits:2048', 'rsa_pss_keygen_md:sha384', 'rsa_pss_keygen_mgf1_md:sha384', 'rsa_pss_keygen_saltlen:48'],
    expected: { sha256: 'rsa-pss-sha384', sha384: 'rsa-pss-sha384', sha512: 'rsa-pss-sha384' },
  },
  'P-256': { words: ['EC', 'ec_paramgen_curve:P-256'], expected: { sha256: 'ecdsa-sha256', sha384: 'ecdsa-sha384', sha512: 'ecdsa-sha512' } },
  'P-384': { words: ['EC', 'ec_paramgen_curve:P-384'], expected: { sha256: 'ecdsa-sha384', sha384: 'ecdsa-sha384', sha512: 'ecdsa-sha512' } },
} as const satisfies Record<string, { readonly words: readonly string[]; readonly expected: Record<DigestName, SignatureAlgorithm> }>;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as readonly Kind[];

const pin = '12345678';
const text = Buffer.from('Ủy ban nhân dân xã Sơn Tịnh');
const certificates = new Map<Kind, X509Certificate>();
const open: Tokens[] = [];
let dir: string;
let env: Readonly<Record<string, string>>;
let shim: string;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-algorithms-'));
  const hsm = createSoftHsm(dir);
  const built = buildShim(dir);
  assert.ok('path' in built, 'problem' in built ? built.problem : '');
  shim = built.path;
  env = { ...hsm.env, SHIM_REAL: hsm.module };
  const entries = kindNames.map((kind, index) => {
    const [algorithm, ...options] = kinds[kind].words;
    const [key, certificate] = [join(dir, `${index}.key`), join(dir, `${index}.pem`)];
    execFileSync('openssl', ['genpkey', '-algorithm', algorithm, ...options.flatMap((one) => ['-pkeyopt', one]), '-out', key], { stdio: 'ignore' });
    execFileSync('openssl', ['req', '-x509', '-new', '-key', key, '-subj', `/CN=${kind}`, '-days', '30', '-addext', 'basicConstraints=critical,CA:false', '-addext', 'keyUsage=critical,nonRepudiation', '-out', certificate], { stdio: 'ignore' });
    const x509 = new X509Certificate(readFileSync(certificate));
    certificates.set(kind, x509);
    return { label: kind, certificate: x509.raw, pkcs8: createPrivateKey(readFileSync(key)).export({ format: 'der', type: 'pkcs8' }) };
  });
  valueOf(await provisionToken({ driver: hsm.module, env: hsm.env, label: 'Mọi loại khóa', pin, soPin: '87654321', entries }));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((tokens) => tokens.close()));
});
after(() => rmSync(dir, { recursive: true, force: true }));

function tokensWith(manners: Readonly<Record<string, string>> = {}): Tokens {
  const tokens = createTokens({ drivers: [shim], env: { ...env, ...manners } });
  open.push(tokens);
  return tokens;
}

function certificateOf(kind: Kind): X509Certificate {
  return certificates.get(kind) ?? assert.fail();
}

/** OpenSSL's own judgement, by way of Node. */
async function signAndVerify(tokens: Tokens, kind: Kind, digest: DigestName): Promise<SignatureAlgorithm> {
  const certificate = certificateOf(kind);
  const thumbprint = createHash('sha256').update(certificate.raw).digest('hex');
  const signed = await tokens.withKey(thumbprint, pin, async (key: SigningKey) => {
    const signature = await key.sign(text);
    return signature.ok ? { ok: true as const, value: { algorithm: key.algorithm, signature: signature.value } } : signature;
  }, { digest });
  const { algorithm, signature } = valueOf(signed);
  const [scheme, used] = splitAlgorithm(algorithm);
  const padding = scheme === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  assert.ok(verify(used, text, { key: certificate.publicKey, ...padding }, signature), `${kind} ${algorithm}`);
  return algorithm;
}

test('every kind of key is listed as one that may sign', async () => {
  const { tokens } = await tokensWith().list();
  assert.deepEqual(tokens[0]?.certificates.map(({ commonName, usable, hasPrivateKey }) => `${commonName} ${usable} ${hasPrivateKey}`).toSorted(), kindNames.map((kind) => `${kind} ok true`).toSorted());
});

for (const kind of kindNames) {
  test(`${kind} signs by its own algorithm at every digest of the policy, and OpenSSL finds the signature good`, async () => {
    const tokens = tokensWith();
    for (const digest of digestNames) assert.equal(await signAndVerify(tokens, kind, digest), kinds[kind].expected[digest]);
  });
}

for (const manners of ['hides it', 'lies']) {
  test(`a token without hashing of its own (it ${manners}) signs what was hashed here: DigestInfo, and the digest itself for RSA-PSS`, async () => {
    const tokens = tokensWith({ SHIM_NO_HASH: manners });
    for (const kind of ['RSA 2048', 'RSA-PSS'] as const) {
      for (const digest of digestNames) assert.equal(await signAndVerify(tokens, kind, digest), kinds[kind].expected[digest]);
    }
  });
}

test('an RSA-PSS key too is known by its modulus where its certificate carries another name', async () => {
  assert.equal(await signAndVerify(tokensWith({ SHIM_OTHER_ID: '1' }), 'RSA-PSS', 'sha256'), 'rsa-pss-sha256');
});

test('a driver that gives ECDSA as DER itself is taken at its word', async () => {
  const tokens = tokensWith({ SHIM_ECDSA_DER: '1' });
  assert.equal(await signAndVerify(tokens, 'P-256', 'sha256'), 'ecdsa-sha256');
});
