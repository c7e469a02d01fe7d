import { fork } from 'node:child_process';
import { createHash, createPrivateKey, type JsonWebKey } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { fromBER, OctetString, Sequence } from 'asn1js';
import { Certificate } from 'pkijs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { appError } from '../../src-shared/protocol/wire.ts';
import type { ProvisionKey, ProvisionRequest } from './provision-messages.ts';

export type ProvisionOptions = {
  readonly driver: string;
  readonly env: Readonly<Record<string, string>>;
  readonly label: string;
  readonly pin: string;
  readonly soPin: string;
  /** `pkcs8`: the private key, DER; null for a certificate without a key (an intermediate). */
  readonly entries: readonly { readonly label: string; readonly certificate: Uint8Array; readonly pkcs8: Uint8Array | null }[];
  readonly hostPath?: string;
  readonly deadlineMs?: number;
};

export const defaultProvisionHostPath = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './provision-host.ts' : './token-provision-host.js', import.meta.url));

/** Makes a soft token with these certificates and keys, in a process of its own. Errors as a token host's. */
export async function provisionToken(options: ProvisionOptions): Promise<Result<null>> {
  const request: ProvisionRequest = {
    driver: options.driver,
    label: options.label,
    soPin: options.soPin,
    pin: options.pin,
    entries: options.entries.map(({ label, certificate, pkcs8 }) => ({
      label,
      certificate,
      // SHA-1 of the certificate as CKA_ID: only a name that ties the pair, short enough for every token.
      id: createHash('sha1').update(certificate).digest(),
      subject: new Uint8Array(Certificate.fromBER(new Uint8Array(certificate)).subject.toSchema().toBER()),
      key: pkcs8 === null ? null : toProvisionKey(pkcs8),
    })),
  };
  const child = fork(options.hostPath ?? defaultProvisionHostPath, [], {
    env: { ...process.env, ...options.env, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    return await new Promise<Result<null>>((resolve) => {
      const deadlineMs = options.deadlineMs ?? 30_000;
      const timer = setTimeout(() => settle(fail('token.timeout', { seconds: deadlineMs / 1000 })), deadlineMs);
      function settle(result: Result<null>): void {
        clearTimeout(timer);
        resolve(result);
      }
      child.once('exit', () => settle(fail('token.host-died')));
      child.once('error', () => settle(fail('token.host-died')));
      child.once('message', (message) => settle(readAnswer(message)));
      child.send(request, (error) => { if (error !== null) settle(fail('token.host-died')); });
    });
  } finally {
    child.kill('SIGKILL');
  }
}

const answer = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), error: appError })]);

function readAnswer(message: unknown): Result<null> {
  const parsed = answer.safeParse(message);
  if (!parsed.success) return fail('token.host-died');
  return parsed.data.ok ? ok(null) : { ok: false, error: parsed.data.error };
}

function toProvisionKey(pkcs8: Uint8Array): ProvisionKey {
  const given = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  // To PKCS#11 a key for RSASSA-PSS is an RSA key like any other, and JWK knows no other.
  const key = given.asymmetricKeyType === 'rsa-pss' ? createPrivateKey({ key: readInnerKey(pkcs8), format: 'der', type: 'pkcs1' }) : given;
  const jwk = key.export({ format: 'jwk' });
  const part = (name: keyof JsonWebKey): Buffer => {
    const value = jwk[name];
    return Buffer.from(typeof value === 'string' ? value : '', 'base64url');
  };
  if (key.asymmetricKeyType === 'rsa') {
    return { type: 'rsa', n: part('n'), e: part('e'), d: part('d'), p: part('p'), q: part('q'), dp: part('dp'), dq: part('dq'), qi: part('qi') };
  }
  return { type: 'ec', parameters: readCurve(pkcs8), secret: part('d') };
}

/** RFC 5208: PrivateKeyInfo.privateKey, for RSA an RSAPrivateKey. */
function readInnerKey(pkcs8: Uint8Array): Buffer {
  const { result } = fromBER(pkcs8);
  const inner = result instanceof Sequence ? result.valueBlock.value[2] : undefined;
  if (!(inner instanceof OctetString)) throw new Error('no private key inside');
  return Buffer.from(inner.getValue());
}

/** RFC 5208 + RFC 5480: PrivateKeyInfo.privateKeyAlgorithm.parameters, the curve's OID. */
function readCurve(pkcs8: Uint8Array): Uint8Array {
  const { result } = fromBER(pkcs8);
  const algorithm = result instanceof Sequence ? result.valueBlock.value[1] : undefined;
  const curve = algorithm instanceof Sequence ? algorithm.valueBlock.value[1] : undefined;
  if (curve === undefined) throw new Error('the EC key names no curve');
  return new Uint8Array(curve.toBER());
}
