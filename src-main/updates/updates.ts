import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { UpdateState } from '../../src-shared/contract/updates.ts';
import { compareVersions } from '../../src-shared/domain/program-version.ts';
import { mayReplace, openRelease, type SignedRelease, type UpdateChannel, type UpdatePlatform } from '../../src-shared/protocol/update.ts';
import { AppFailure, fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import type { ServerUpdates, UpdatesPort } from '../ports/updates.ts';
import { openUpdateFolder, type Offer } from './folder.ts';
import { checkWhole } from './hash.ts';
import { readUpdateKeys, verifyEd25519 } from './keys.ts';
import { openPackage, takeInstaller } from './package.ts';
import { openPieces, type Pieces } from './pieces.ts';
import { writeWhole } from './write-whole.ts';

export type UpdatesOptions = {
  /** The profile's folder of updates. */
  readonly dir: string;
  /** `update-keys.json`. */
  readonly keysFile: string;
  readonly installed: string;
  readonly platform: UpdatePlatform;
  readonly channel?: UpdateChannel;
  readonly now: () => Date;
  readonly log: Log;
};

export type Updates = ServerUpdates & UpdatesPort & {
  /** When the desk is closed and nothing writes any more: what a person agreed to is checked once more and named to the shell. `files`: of the profile, small ones. */
  readonly handOver: (files: readonly string[]) => Promise<Result<null>>;
  readonly close: () => Promise<void>;
};

/** What else the disk is to have room for. */
const spareBytes = 1024 * 1024;

/** New versions of the program: what was offered or brought, checked; how much of it is here; and what a person agreed to. */
export function createUpdates({ dir, keysFile, installed, platform, channel = 'latest', now, log }: UpdatesOptions): Updates {
  const keys = readUpdateKeys(keysFile);
  const folder = openUpdateFolder(dir);
  const listeners = new Set<(state: UpdateState) => void>();
  let kept = folder.readState();
  let current: Offer | null = null;
  let pieces: Pieces | null = null;
  let ready = false;
  let problem: AppError | null = null;
  let waits: UpdateState['waitsFor'] = null;
  let askedFor = false;
  let told = '';
  let turn: Promise<unknown> = Promise.resolve();

  begin();

  /** The word to the shell was for the last close; what was offered then may be what runs now. */
  function begin(): void {
    rmSync(folder.installFile, { force: true });
    rmSync(folder.loading, { force: true });
    const found = folder.readOffer(keys);
    if (found?.manifest.version === installed) folder.keep(found);
    else if (found === null || !mayReplace(found.manifest, installed, platform).ok) folder.drop(found?.manifest ?? null);
    else current = found;
    ready = current !== null && statSync(folder.fileOf(current.manifest), { throwIfNoEntry: false })?.size === current.manifest.file.sizeBytes;
    if (kept.attempted !== null && kept.attempted !== installed) problem = { code: 'update.not-installed', params: { version: kept.attempted } };
    if (kept.attempted !== null || (kept.atClose !== null && kept.atClose !== current?.manifest.version)) remember({ attempted: null, atClose: null });
  }

  function remember(change: Partial<typeof kept>): void {
    kept = { ...kept, ...change };
    folder.writeState(kept);
  }

  function state(): UpdateState {
    const manifest = current?.manifest ?? null;
    const minimum = manifest?.minimum ?? null;
    return {
      available: true, installed, channel,
      release: manifest && {
        version: manifest.version, released: manifest.released, notes: manifest.notes, sizeBytes: manifest.file.sizeBytes, ready, rollback: compareVersions(manifest.version, installed) < 0,
        receivedBytes: ready ? manifest.file.sizeBytes : (pieces?.receivedBytes() ?? partBytes()),
      },
      minimum: minimum !== null && compareVersions(installed, minimum) < 0 ? minimum : null,
      waitsFor: manifest === null || ready ? null : waits, problem, checkedAt: kept.checkedAt, atClose: kept.atClose !== null, previous: folder.keptVersions().findLast((version) => version !== installed) ?? null,
    };
  }

  function partBytes(): number {
    return current === null ? 0 : Math.min(current.manifest.file.sizeBytes, statSync(folder.partOf(current.manifest), { throwIfNoEntry: false })?.size ?? 0);
  }

  function tell(): void {
    const present = state();
    const shown = JSON.stringify(present);
    if (shown === told) return;
    told = shown;
    for (const listener of listeners) listener(present);
  }

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work).finally(tell);
    turn = done.catch(() => undefined);
    return done;
  };

  async function letGo(): Promise<void> {
    const open = pieces;
    pieces = null;
    await open?.close();
  }

  async function drop(): Promise<void> {
    await letGo();
    folder.drop(current?.manifest ?? null);
    current = null;
    ready = false;
    waits = null;
    if (kept.atClose !== null) remember({ atClose: null });
  }

  async function become(next: Offer, isReady: boolean): Promise<void> {
    if (current !== null && current.manifest.file.name !== next.manifest.file.name) await drop();
    await letGo();
    current = next;
    folder.writeOffer(next);
    ready = isReady;
    problem = null;
    waits = null;
  }

  async function take(signed: SignedRelease | null): Promise<Result<null>> {
    remember({ checkedAt: now().toISOString() });
    problem = null;
    if (signed === null) {
      // withdrawn, or not this desk's turn any more; what was brought by hand is not the server's to take
      if (current?.brought === false) await drop();
      return ok(null);
    }
    const checked = check(signed);
    if (!checked.ok) return refuse(checked.error);
    const manifest = checked.value;
    if (current?.signed.manifest === signed.manifest || (current?.brought === true && compareVersions(current.manifest.version, manifest.version) >= 0)) return ok(null);
    await drop();
    await become({ signed, manifest, brought: false }, false);
    return ok(null);
  }

  function check(signed: SignedRelease): ReturnType<typeof openRelease> {
    const opened = openRelease(signed, keys, verifyEd25519);
    if (!opened.ok) return opened;
    const fit = mayReplace(opened.value, installed, platform);
    return fit.ok ? opened : fit;
  }

  function refuse(error: AppError): Result<never> {
    problem = error;
    return { ok: false, error };
  }

  /** Nothing is fetched that there is no room for. */
  function hasRoom(sizeBytes: number): boolean {
    const owed = sizeBytes - (pieces?.receivedBytes() ?? 0);
    if (folder.freeBytes() >= owed + spareBytes) {
      if (waits === 'room') [waits, problem] = [null, null];
      return true;
    }
    noRoom(owed);
    return false;
  }

  function noRoom(owed: number): void {
    waits = 'room';
    problem = { code: 'update.no-room', params: { megabytes: Math.ceil((owed + spareBytes) / 1_000_000) } };
  }

  async function next(): ReturnType<ServerUpdates['next']> {
    if (current === null || ready) return null;
    const { file } = current.manifest;
    if (pieces === null) pieces = await openPieces(folder.partOf(current.manifest), file);
    if (pieces.isWhole()) {
      await finish(current);
      return null;
    }
    const wanted = pieces.next();
    if (wanted === null || !hasRoom(file.sizeBytes)) return null;
    return { path: `/v1/updates/${file.name}`, etag: `"${file.sha256}"`, ...wanted };
  }

  /** All pieces are right: the whole is hashed once more as the installer's own check will, and has its name. */
  async function finish({ manifest }: Offer): Promise<void> {
    await letGo();
    const part = folder.partOf(manifest);
    const whole = await checkWhole(part, manifest.file);
    if (!whole.ok) {
      rmSync(part, { force: true });
      problem = whole.error;
      return;
    }
    await settle(part, folder.fileOf(manifest));
    ready = true;
    problem = null;
    log('info', 'a new version is here', { version: manifest.version });
  }

  async function put(start: number, bytes: Uint8Array): Promise<void> {
    if (pieces === null || current === null) return;
    try {
      await pieces.put(start, bytes);
    } catch (error) {
      if (!isFull(error)) throw error;
      noRoom(current.manifest.file.sizeBytes - pieces.receivedBytes());
    }
    if (pieces.isWhole()) await finish(current);
    else if (pieces.isHopeless()) problem = { code: 'update.damaged' };
  }

  async function load(at: number, totalBytes: number, bytes: Uint8Array): Promise<Result<null>> {
    if (at > 0 && statSync(folder.loading, { throwIfNoEntry: false })?.size !== at) return fail('input.invalid', { where: 'at' });
    if (at === 0 && folder.freeBytes() < 2 * totalBytes + spareBytes) return fail('update.no-room', { megabytes: Math.ceil((2 * totalBytes) / 1_000_000) });
    try {
      const handle = await open(folder.loading, at === 0 ? 'w' : 'a', 0o600);
      try {
        await handle.appendFile(bytes);
      } finally {
        await handle.close();
      }
      if (at + bytes.length < totalBytes) return ok(null);
      return await takePackage();
    } catch (error) {
      rmSync(folder.loading, { force: true });
      if (isFull(error)) return fail('update.no-room', { megabytes: Math.ceil(totalBytes / 1_000_000) });
      throw error;
    }
  }

  async function takePackage(): Promise<Result<null>> {
    try {
      const opened = await openPackage(folder.loading, keys);
      if (!opened.ok) return opened;
      const { signed, manifest, start } = opened.value;
      const fit = mayReplace(manifest, installed, platform);
      if (!fit.ok) return fit;
      const beside = `${folder.fileOf(manifest)}.brought`;
      await takeInstaller(folder.loading, start, beside);
      const whole = await checkWhole(beside, manifest.file);
      if (!whole.ok) {
        rmSync(beside, { force: true });
        return whole;
      }
      await letGo();
      rmSync(folder.partOf(manifest), { force: true });
      await settle(beside, folder.fileOf(manifest));
      await become({ signed, manifest, brought: true }, true);
      return ok(null);
    } finally {
      rmSync(folder.loading, { force: true });
    }
  }

  async function handOver(files: readonly string[]): Promise<Result<null>> {
    if (kept.atClose === null || current === null || !ready) return fail('update.not-ready');
    const { manifest, signed } = current;
    const checked = check(signed);
    if (!checked.ok) return checked;
    const whole = await checkWhole(folder.fileOf(manifest), manifest.file);
    if (!whole.ok) {
      // changed on this disk: its good pieces are kept, and the others fetched again
      ready = false;
      if (existsSync(folder.fileOf(manifest))) renameSync(folder.fileOf(manifest), folder.partOf(manifest));
      remember({ atClose: null });
      return refuse(whole.error);
    }
    try {
      folder.copyBefore(installed, files);
    } catch (error) {
      if (!isFull(error)) throw error;
      return refuse({ code: 'update.no-room', params: { megabytes: Math.ceil(spareBytes / 1_000_000) } });
    }
    remember({ attempted: manifest.version, atClose: null });
    const { name, sha512, sizeBytes } = manifest.file;
    writeWhole(folder.installFile, JSON.stringify({ schema: 1, version: manifest.version, file: name, sha512, sizeBytes, released: manifest.released, minimumSystem: manifest.minimumSystem }));
    return ok(null);
  }

  return {
    question: () => ({ installed, channel, platform }),
    tag: () => current === null || current.brought ? null : `"${createHash('sha256').update(current.signed.manifest).digest('hex').slice(0, 32)}"`,
    unchanged: () => {
      remember({ checkedAt: now().toISOString() });
      // a piece that came wrong again and again is tried anew
      if (pieces?.isHopeless() === true) void inTurn(letGo);
      problem = null;
      tell();
    },
    take: (signed) => inTurn(() => take(signed)),
    next: () => inTurn(next),
    put: (start, bytes) => inTurn(() => put(start, bytes)),
    gone: () => inTurn(drop),
    isAskedFor: () => askedFor,
    held: (why) => {
      if (waits !== 'room') waits = why;
      tell();
    },
    state,
    onChanged: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    askFor: () => {
      askedFor = true;
    },
    agree: (wanted) => {
      if (wanted && (!ready || current === null)) return fail('update.not-ready');
      remember({ atClose: wanted ? (current?.manifest.version ?? null) : null });
      tell();
      return ok(null);
    },
    load: (at, totalBytes, bytes) => inTurn(() => load(at, totalBytes, bytes)),
    handOver: (files) => inTurn(() => handOver(files)),
    close: () => inTurn(letGo),
  };
}

/** On the disk under its name, or not there under it. */
async function settle(from: string, to: string): Promise<void> {
  const handle = await open(from, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  rmSync(to, { force: true });
  renameSync(from, to);
}

function isFull(error: unknown): boolean {
  if (error instanceof AppFailure) return false;
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
