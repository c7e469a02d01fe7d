import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProgram, type Program, type ProgramOptions } from '../../src-main/backend/program.ts';
import { createSoftTokens } from '../../src-main/token/soft.ts';
import { createLine, type Line } from '../../src-main/practice/line.ts';
import { createServer, type Server } from '../../src-server/server.ts';
import type { Channel, Door, EventName, EventPayload, Input, Output } from '../../src-shared/contract/index.ts';
import { organizationCode, personId } from '../../src-shared/domain/ids.ts';
import type { Role } from '../../src-shared/domain/organization.ts';
import type { AppError, Result } from '../../src-shared/result.ts';
import { pdfDir, resourcesDir } from './support.ts';

export const commune = { code: organizationCode.parse('H48.60.12'), name: 'UBND xã Sơn Tịnh' };
const department = { code: organizationCode.parse('H48.14'), name: 'Sở Khoa học và Công nghệ' };

/** The right password of every account. With marks, as people choose them. */
export const password = 'Mật khẩu của Mai 2026';

const accounts = {
  mai: { user: 'mai.tt', name: 'Trần Thị Mai', position: 'Văn thư', role: 'clerk' },
  thang: { user: 'thang.nd', name: 'Nguyễn Đức Thắng', position: 'Chủ tịch', role: 'leader' },
} as const satisfies Record<string, { user: string; name: string; position: string; role: Role }>;
export type Who = keyof typeof accounts;
export const userOf = (who: Who): string => accounts[who].user;

export type Province = {
  readonly dir: string;
  readonly server: Server;
  /** What the desks are given as the server's address; it can be cut. */
  readonly line: Line;
  /** Resolves when the server has given this answer, or has already. */
  readonly answered: (route: string, status: number) => Promise<void>;
  /** Every token of this account ends, as after a new password or at its time. */
  readonly endSessions: (who: Who) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A real provincial server with a commune's two people and a department, and a line to it. */
export async function openProvince(): Promise<Province> {
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-session-'));
  const asked: { readonly route: string; readonly status: number }[] = [];
  const waiting = new Set<() => void>();
  const server = await createServer({
    dir: join(dir, 'server'),
    limits: { loginTries: 5, loginLockMs: 3000 },
    log: (_, message, fields) => {
      if (message !== 'request') return;
      asked.push({ route: String(fields?.['route']), status: Number(fields?.['status']) });
      for (const look of waiting) look();
    },
  });
  await server.admin.addOrganization(commune);
  await server.admin.addOrganization(department);
  const addAccount = async (who: Who): Promise<void> => {
    const { user, name, position, role } = accounts[who];
    await server.admin.addPerson({ person: { id: personId.parse(user), fullName: name, position, unit: commune.code, roles: [role] }, user, password, role });
  };
  for (const who of ['mai', 'thang'] as const) await addAccount(who);
  const line = await createLine(server.url);
  return {
    dir, server, line,
    answered: (route, status) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!asked.some((one) => one.route === route && one.status === status)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    endSessions: addAccount,
    close: async () => {
      await line.close();
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const officeKey = Buffer.alloc(32, 7);

/** The program as the shells open it, on a folder of the test's; no token is plugged in. */
export function openProgramAt(rootDir: string, over: Partial<ProgramOptions> = {}): Promise<Program> {
  return openProgram({ rootDir, resourcesDir, keys: { office: officeKey }, open: 'office', openTokens: () => createSoftTokens({ pkcs12: [] }), log: quiet, ...over });
}

export type TestDoor = {
  readonly door: Door;
  readonly ask: <C extends Channel>(channel: C, input: Input<C>) => Promise<Output<C>>;
  readonly refused: (channel: Channel, input: unknown) => Promise<AppError>;
  /** Every event so far, by name. */
  readonly heard: readonly { readonly name: EventName; readonly payload: unknown }[];
  /** Waits for an event that `is`, those of before included. */
  readonly until: <E extends EventName>(name: E, is: (payload: EventPayload<E>) => boolean) => Promise<EventPayload<E>>;
};

export function testDoor(door: Door): TestDoor {
  const heard: { name: EventName; payload: unknown }[] = [];
  const waiting = new Set<() => void>();
  door.on((name, payload) => {
    heard.push({ name, payload });
    for (const look of waiting) look();
  });
  const call = async (channel: Channel, input: unknown): Promise<Result<never>> => (await door.call(channel, input)) as Result<never>;
  return {
    door, heard,
    ask: async (channel, input) => {
      const result = await call(channel, input);
      if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    refused: async (channel, input) => {
      const result = await call(channel, input);
      if (result.ok) throw new Error(`${channel} was not refused`);
      return result.error;
    },
    until: (name, is) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = heard.findLast((event) => event.name === name && is(event.payload as never));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found.payload as never);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A letter written at this desk: one command that goes to the server when there is a line. */
export async function draftLetter(at: TestDoor, title: string): Promise<void> {
  const bytes = await readFile(join(pdfDir, 'cong-van-xa.pdf'));
  const { importId } = await at.ask('content.beginImport', { fileName: 'cong-van-xa.pdf' });
  for (let from = 0; from < bytes.length; from += 500_000) await at.ask('content.appendImport', { importId, bytes: bytes.subarray(from, from + 500_000) });
  const { content } = await at.ask('content.finishImport', { importId });
  await at.ask('documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [department], inReplyTo: null });
}

const quiet = (level: string, message: string, fields?: object): void => {
  if (level === 'error') console.error(message, fields ?? '');
};
