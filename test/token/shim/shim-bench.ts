import assert from 'node:assert/strict';
import { verify, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SigningKey } from '../../../src-main/ports/token.ts';
import { createTokens, type Tokens, type TokensOptions } from '../../../src-main/token/client.ts';
import type { AppError, Result } from '../../../src-shared/result.ts';
import { createTestPki, type TestPki } from '../../support/pki.ts';
import { createTestToken, type TestToken } from '../../support/softhsm.ts';
import { buildShim } from './build-shim.ts';

export const text = Buffer.from('Kính gửi');
export const signText = (key: SigningKey): Promise<Result<Uint8Array>> => key.sign(text);

/** A token behind the shim: its settings can be changed while it runs (shim.c lists them), and what reached the driver can be read. */
export type ShimmedToken = {
  readonly tokens: Tokens;
  /** `null` takes the setting back. */
  readonly set: (setting: string, value: string | null) => void;
  readonly pull: () => void;
  readonly plugIn: () => void;
  /** One letter for every PIN that reached the driver. */
  readonly logins: () => string;
  readonly journal: () => string;
};

export type ShimBench = {
  readonly dir: string;
  readonly pki: TestPki;
  readonly token: TestToken;
  readonly shim: string;
  readonly open: (manners?: Readonly<Record<string, string>>, options?: Partial<TokensOptions>) => ShimmedToken;
  readonly closeTokens: () => Promise<void>;
  readonly remove: () => void;
};

export async function createShimBench(name: string): Promise<ShimBench> {
  const dir = mkdtempSync(join(tmpdir(), `van-thu-${name}-`));
  const pki = createTestPki(join(dir, 'pki'));
  const token = await createTestToken(dir, pki);
  const built = buildShim(dir);
  assert.ok('path' in built, 'problem' in built ? built.problem : '');
  const shim = built.path;
  const opened: Tokens[] = [];
  return {
    dir, pki, token, shim,
    open: (manners = {}, options = {}) => {
      const settings = mkdtempSync(join(dir, 'shim-'));
      const at = (setting: string): string => join(settings, setting);
      const read = (file: string): string => (existsSync(at(file)) ? readFileSync(at(file), 'utf8') : '');
      const env = { ...token.env, SHIM_REAL: token.module, SHIM_DIR: settings, SHIM_LOGINS: at('logins'), SHIM_JOURNAL: at('journal'), SHIM_GONE: at('gone'), ...manners };
      const tokens = createTokens({ drivers: [shim], env, ...options });
      opened.push(tokens);
      return {
        tokens,
        set: (setting, value) => { if (value === null) rmSync(at(setting), { force: true }); else writeFileSync(at(setting), value); },
        pull: () => writeFileSync(at('gone'), ''),
        plugIn: () => rmSync(at('gone')),
        logins: () => read('logins'),
        journal: () => read('journal'),
      };
    },
    closeTokens: async () => {
      await Promise.all(opened.splice(0).map((tokens) => tokens.close()));
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export function errorOf(result: Result<unknown>): AppError {
  assert.ok(!result.ok, 'an error was expected');
  return result.error;
}

export function valueOf<T>(result: Result<T>): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

export function assertSignedText(pki: TestPki, result: Result<Uint8Array>): void {
  assert.ok(verify('sha256', text, new X509Certificate(pki.leader.der).publicKey, valueOf(result)), 'the signature is the leader\'s');
}
