import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Door, EventName } from '../../src-shared/contract/index.ts';
import type { SessionState } from '../../src-shared/contract/session.ts';
import type { UpdatePlatform } from '../../src-shared/protocol/update.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { isDoorChannel, type DoorHandlers } from '../features/handlers.ts';
import { finishRestore } from '../backup/restore.ts';
import { createOpenedFiles } from '../features/opened/opened-files.ts';
import { settingsHandlers } from '../features/settings/handlers.ts';
import { openSettings } from '../features/settings/settings-file.ts';
import { writeWhole } from '../features/settings/write-whole.ts';
import { isBehindLock, isHeardWhileLocked } from '../office/lock/wall.ts';
import { officeSessionHandlers } from '../office/handlers.ts';
import type { GuardSettings } from '../office/lock/guard.ts';
import { openOffice } from '../office/office.ts';
import type { Log } from '../ports/log.ts';
import type { TokenPort } from '../ports/token.ts';
import { openPracticeOffice, type PracticeOffice } from '../practice/office.ts';
import { createGate } from './gate.ts';
import { createLog } from './log.ts';
import { createUpdates } from '../updates/updates.ts';
import { version } from './version.ts';

export type ProgramOptions = {
  /** Holds `office/`, `practice/`, the settings, and what was open last. */
  readonly rootDir: string;
  readonly resourcesDir: string;
  /** From the OS key store. Null: there is none on this machine, and that office does not open. `practice` left out: it keeps its own, nothing in it is secret. */
  readonly keys: { readonly practice?: Uint8Array | null; readonly office: Uint8Array | null };
  /** `remembered`: the real office; the practice only where no real one was ever signed in to and the person chose to practise. */
  readonly open: 'office' | 'practice' | 'remembered';
  readonly log?: Log;
  readonly progress?: (sentence: string) => void;
  readonly openTokens?: () => TokenPort;
  /** Tests only: a screen that locks sooner than after minutes. */
  readonly guard?: Pick<GuardSettings, 'idleMs' | 'pollMs'>;
  /** What this program was installed as; left out: it was not, and nothing is updated. */
  readonly installedFor?: UpdatePlatform;
};

export type Program = { readonly connect: () => Door; /** Files that the system gave the program; the windows are told. */ readonly openFiles: (paths: readonly string[]) => Promise<void>; readonly close: () => Promise<void> };

/** One connection's way into whichever office is open. */
type Way = { readonly call: Door['call']; readonly leave: () => void };
type Window = { readonly tell: (name: EventName, payload: unknown) => void; readonly move: () => void };

/** The whole program behind its door: the sign-in, the settings, and beneath them the real office or the practice. */
export async function openProgram(options: ProgramOptions): Promise<Program> {
  const { rootDir, resourcesDir, keys } = options;
  const log = options.log ?? createLog('backend');
  const settings = openSettings(join(rootDir, 'settings.json'));
  const updates = options.installedFor === undefined ? null : createUpdates({ dir: join(rootDir, 'updates'), keysFile: join(resourcesDir, 'update-keys.json'), installed: version, platform: options.installedFor, now: () => new Date(), log });
  // a restore that was made ready, or cut between its two renames, goes into place before anything of the profile is open
  const finished = finishRestore(join(rootDir, 'office'), new Date());
  if (!finished.ok) log('error', 'a restore could not be finished', { code: finished.error.code });
  const office = openOffice({ dir: join(rootDir, 'office'), resourcesDir, key: keys.office, log, guard: { read: settings.read, onChange: settings.onChange, ...options.guard }, ...(updates === null ? {} : { updates }), ...(options.openTokens === undefined ? {} : { openTokens: options.openTokens }) });
  const windows = new Set<Window>();
  let practice: PracticeOffice | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const tellAll: Window['tell'] = (name, payload) => windows.forEach((window) => window.tell(name, payload));
  const locked = (): SessionState['lock'] => (practice === null ? office.locked() : undefined);
  const state = (): SessionState => {
    const lock = locked();
    const pending = practice === null ? office.pending() : undefined;
    const shut = practice === null ? office.shut() : undefined;
    return { status: practice === null ? office.status() : 'signed-in', office: office.known(), practice: practice !== null, ...(lock === undefined ? {} : { lock }), ...(pending === undefined ? {} : { pending }), ...(shut === undefined ? {} : { shut }) };
  };
  const tellState = (): void => tellAll('session.changed', state());

  // one wall for every window: what is behind it answers nobody before the person has proved themselves
  const isShut = (channel: string): boolean => locked() !== undefined && isBehindLock(channel);
  const opened = createOpenedFiles((count) => tellAll('opened.changed', { count }));
  settings.onChange((changed) => tellAll('settings.changed', changed));
  office.onChanged(({ moved }) => {
    if (practice !== null) return;
    tellState();
    if (moved) tellAll('desk.switched', { desk: office.known()?.user ?? '' });
  });

  async function openPractice(): Promise<Result<PracticeOffice>> {
    if (keys.practice === null) return fail('store.cannot-open', { file: join(rootDir, 'practice') });
    return ok(await openPracticeOffice({
      dir: join(rootDir, 'practice'), resourcesDir, log,
      ...(keys.practice === undefined ? {} : { key: keys.practice }),
      ...(options.progress === undefined ? {} : { progress: options.progress }),
    }));
  }

  async function setPractice(wanted: boolean): Promise<Result<SessionState>> {
    if (wanted === (practice !== null)) return ok(state());
    const left = practice;
    const opened = wanted ? await openPractice() : null;
    if (opened?.ok === false) return opened;
    practice = opened === null ? null : opened.value;
    remember(rootDir, wanted);
    windows.forEach((window) => window.move());
    await left?.close();
    return ok(state());
  }

  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const done = turn.then(run);
    turn = done.catch(() => undefined);
    return done;
  };
  const handlers: DoorHandlers = {
    ...settingsHandlers(settings),
    ...opened.handlers,
    ...officeSessionHandlers({ office, state, isPractice: () => practice !== null, entered: () => remember(rootDir, false) }),
    'session.practice': ({ practice: wanted }) => inTurn(() => setPractice(wanted)),
  };
  const door = createGate(handlers, log);

  const starts = options.open === 'practice' || (options.open === 'remembered' && office.known() === null && wasPractice(rootDir));
  const begun = await setPractice(starts);
  // without its key the practice cannot be what opens; the sign-in screen can
  if (!begun.ok) log('error', 'the practice office did not open', { code: begun.error.code });

  return {
    connect: () => {
      const listeners = new Set<Window['tell']>();
      const tell: Window['tell'] = (name, payload) => listeners.forEach((listener) => listener(name, payload));
      const enter = (): Way => {
        const inner = practice?.connect();
        const stop = inner === undefined ? office.on((name, payload) => { if (locked() === undefined || isHeardWhileLocked(name)) tell(name, payload); }) : inner.on((name, payload) => { if (!name.startsWith('settings.')) tell(name, payload); });
        return { call: inner?.call ?? office.call, leave: () => { stop(); inner?.close(); } };
      };
      let way = enter();
      const window: Window = {
        tell,
        move: () => {
          way.leave();
          way = enter();
          tell('session.changed', state());
          tell('desk.switched', { desk: '' });
        },
      };
      windows.add(window);
      return {
        call: (channel, input) => (isShut(channel) ? Promise.resolve(fail('session.screen-locked')) : isDoorChannel(channel) ? door(channel, input) : way.call(channel, input)),
        on: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        close: () => {
          windows.delete(window);
          listeners.clear();
          way.leave();
        },
      };
    },
    openFiles: opened.open,
    close: () => inTurn(async () => {
      await practice?.close();
      await office.close();
    }),
  };
}

const startFile = z.object({ practice: z.boolean() });

function remember(rootDir: string, practice: boolean): void {
  writeWhole(join(rootDir, 'start.json'), JSON.stringify({ practice }));
}

/** A file that tells nothing is no choice: the sign-in screen then asks. */
function wasPractice(rootDir: string): boolean {
  const file = join(rootDir, 'start.json');
  if (!existsSync(file)) return false;
  try {
    return startFile.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.practice === true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
