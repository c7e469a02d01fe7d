import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discoverDrivers } from '../../src-main/token/discover.ts';
import { provisionToken } from '../../src-main/token/provision.ts';
import type { TestPki } from './pki.ts';

export type SoftHsm = { readonly module: string; readonly env: Readonly<Record<string, string>> };

export type TestToken = SoftHsm & {
  readonly pin: string;
  readonly tokenLabel: string;
  readonly leaderThumbprint: string;
  readonly leaderEcThumbprint: string;
  readonly organizationThumbprint: string;
};

/** SoftHSM2's library on this machine. Throws: the tests cannot be themselves without it. */
export function readSoftHsmModule(): string {
  const module = discoverDrivers({ platform: process.platform, exists: existsSync, extra: [] }).find((path) => path.includes('softhsm'));
  if (module === undefined) throw new Error('SoftHSM2 is not installed (Debian: softhsm2)');
  return module;
}

/** An empty SoftHSM2 of its own in `dir`; `env` goes to the token host. */
export function createSoftHsm(dir: string): SoftHsm {
  const tokens = join(dir, 'softhsm-tokens');
  mkdirSync(tokens, { recursive: true });
  const conf = join(dir, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  return { module: readSoftHsmModule(), env: { SOFTHSM2_CONF: conf } };
}

/** One token with the leader (RSA and P-256), the organisation and the issuing CA's certificate. */
export async function createTestToken(dir: string, pki: TestPki, options: { readonly pin?: string; readonly tokenLabel?: string } = {}): Promise<TestToken> {
  const hsm = createSoftHsm(dir);
  const pin = options.pin ?? '12345678';
  const tokenLabel = options.tokenLabel ?? 'Thử nghiệm';
  const made = await provisionToken({
    driver: hsm.module, env: hsm.env, label: tokenLabel, pin, soPin: '87654321',
    entries: [
      { label: 'Lãnh đạo', certificate: pki.leader.der, pkcs8: pki.leader.pkcs8 },
      { label: 'Lãnh đạo EC', certificate: pki.leaderEc.der, pkcs8: pki.leaderEc.pkcs8 },
      { label: 'Văn thư', certificate: pki.organization.der, pkcs8: pki.organization.pkcs8 },
      { label: 'CA', certificate: pki.issuing.der, pkcs8: null },
    ],
  });
  if (!made.ok) throw new Error(`the test token was not made: ${JSON.stringify(made.error)}`);
  return { ...hsm, pin, tokenLabel, leaderThumbprint: pki.leader.thumbprint, leaderEcThumbprint: pki.leaderEc.thumbprint, organizationThumbprint: pki.organization.thumbprint };
}
