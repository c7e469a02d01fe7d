import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeBackup, type BackupMade, type MakeOptions } from '../../src-main/backup/make.ts';
import { makeSheet } from '../../src-main/backup/recovery.ts';
import { writeProfile } from '../../src-main/office/profile.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { organizationCode, personId } from '../../src-shared/domain/ids.ts';
import type { Result } from '../../src-shared/result.ts';
import { draft, key, pieces, unit } from '../store/helpers.ts';

export const cliMain = join(import.meta.dirname, '../../src-main/cli/main.ts');

export function tempDir(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-backup-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export type Office = { readonly root: string; readonly profileDir: string; readonly target: string; readonly phrase: string; readonly sheet: string; readonly open: () => ProfileStore };

/** An office with drafts and contents, a sheet, and an empty folder for backups. */
export async function office(t: TestContext, { code = unit.code as string, user = 'mai', withKey = key, contents = 3 }: { code?: string; user?: string; withKey?: Uint8Array; contents?: number } = {}): Promise<Office> {
  const root = tempDir(t);
  const profileDir = join(root, 'office');
  const target = join(root, 'stick');
  mkdirSync(target);
  const open = (): ProfileStore => {
    const opened = openProfileStore({ dir: join(profileDir, 'desk'), key: withKey });
    assert.ok(opened.ok, opened.ok ? '' : opened.error.code);
    return opened.value;
  };
  const store = open();
  for (let i = 0; i < 5; i++) draft(store.desk, `Văn bản ${i}`);
  for (let i = 0; i < contents; i++) assert.ok((await store.blobs.put(pieces(page(i)))).ok);
  store.close();
  writeProfile(profileDir, {
    schema: 1, serverUrl: 'https://van-thu.example', user, unit: { code: organizationCode.parse(code), name: 'Ủy ban nhân dân xã Hòa Bình' },
    person: { id: personId.parse(user), fullName: 'Trần Thị Mai', position: 'Văn thư', unit: organizationCode.parse(code), roles: ['clerk'] }, role: 'clerk', certificate: null, tokenSession: false, locked: false, left: null,
  });
  const { phrase, sheet } = makeSheet(profileDir, withKey, new Date());
  return { root, profileDir, target, phrase, sheet, open };
}

/** 600 kB that no other number gives. */
export function page(i: number): Uint8Array {
  return Buffer.alloc(600_000, `trang giấy ${i} `).map((byte, at) => byte ^ (at >> 12) ^ i);
}

export function backUp({ profileDir, target }: Pick<Office, 'profileDir' | 'target'>, more: Partial<MakeOptions> = {}): Promise<Result<BackupMade>> {
  return makeBackup({ profileDir, key, target, program: '0.0.0', now: () => new Date(), ...more });
}

export function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cliMain, ...args], { encoding: 'utf8', env: { ...process.env, LANG: 'vi_VN.UTF-8', VT_KEY: Buffer.from(key).toString('hex'), ...env } });
  return { status, stdout, stderr };
}

export function startCli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, [cliMain, ...args], { stdio: 'ignore', env: { ...process.env, VT_KEY: Buffer.from(key).toString('hex'), ...env } });
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

export function manifestOf(folder: string): { readonly files: Record<string, { readonly sizeBytes: number; readonly sha256: string }> } {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as never;
}
