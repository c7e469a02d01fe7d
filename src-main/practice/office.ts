import { randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Door } from '../../src-shared/contract/index.ts';
import { createServer } from '../../src-server/server.ts';
import { composeDesk } from '../backend/compose.ts';
import { createLog } from '../backend/log.ts';
import { bookFor } from '../features/documents/books.ts';
import type { OfficeSettings } from '../features/context.ts';
import { openSettings } from '../features/settings/settings-file.ts';
import { vietnamDate } from '../features/vietnam-time.ts';
import type { Log } from '../ports/log.ts';
import { createLook } from '../verification/look/look.ts';
import { bookStarts, cast, otherOrganizations, practiceUnits, type CastDesk } from './cast.ts';
import { builtDay, openPracticeClock, type PracticeClock } from './clock.ts';
import { connectPractice, type SeatedDesk } from './connection.ts';
import { createJourneys } from './journey.ts';
import { createLine } from './line.ts';
import { installPracticeTokens } from './pki/install.ts';
import { seedPractice } from './seed.ts';
import { createYearLetters } from './year-letters.ts';

export type PracticeOffice = {
  /** A window's door. It sits at `desk`, else at the commune's clerk's. */
  readonly connect: (desk?: string) => Door;
  readonly desks: ReadonlyMap<string, SeatedDesk>;
  readonly clock: Pick<PracticeClock, 'now' | 'lastDay'>;
  /** The practice root certificate, for tools that ask for one. */
  readonly rootPem: string;
  readonly close: () => Promise<void>;
};

export type PracticeOptions = {
  readonly dir: string;
  readonly resourcesDir: string;
  /** From the OS key store; without one the practice keeps its own beside its data: nothing in it is secret. */
  readonly key?: Uint8Array;
  readonly log?: Log;
  readonly progress?: (sentence: string) => void;
  /** How long what can be taken back is held; 8 s, unless told. */
  readonly holdMs?: number;
};

/**
 * Opens (and the first time builds) the practice office: an embedded provincial server, three offices, soft tokens, and documents that
 * were truly signed and sent. What is half-built is built anew; what is built opens in seconds.
 */
export async function openPracticeOffice(options: PracticeOptions): Promise<PracticeOffice> {
  const log = options.log ?? createLog('practice');
  const progress = options.progress ?? ((): void => {});
  const marker = join(options.dir, 'built.json');
  const built = existsSync(marker);
  if (!built) {
    rmSync(options.dir, { recursive: true, force: true });
    mkdirSync(options.dir, { recursive: true });
    progress('Đang dựng văn phòng luyện tập (chỉ lần đầu)…');
  }
  const key = options.key ?? readKey(options.dir);
  const tokens = await installPracticeTokens(join(options.dir, 'tokens'), cast.map(({ id, pin, holder, unit }) => ({ id, pin, ...holder, organization: unit.name })));
  const clock = openPracticeClock(join(options.dir, 'clock.json'), builtDay(marker));
  // one person's desks, in this very process: whatever keeps it busy is their own work, and nobody is to be turned away for it
  const server = await createServer({ dir: join(options.dir, 'server'), clock: clock.now, limits: { sessionTtlMs }, shedding: null, log });
  if (!built) await fillServer(server, clock.now());

  const office = readOfficeSettings(options.resourcesDir);
  // the building itself takes nothing back
  let seeding = !built;
  // nor does an office that the year sends letters from while the days go by
  const holdMs = (member: CastDesk): number => (seeding || (member.unit !== practiceUnits.commune && journeys.state().moving !== null) ? 0 : (options.holdMs ?? 8000));
  const desks = new Map<string, SeatedDesk>();
  const look = createLook();
  const journeys = createJourneys({ clock, desks, bring: createYearLetters(join(options.dir, 'year.json'), desks, clock.now), log });
  for (const member of cast) {
    const line = await createLine(server.url);
    const ownTokens = tokens.openTokens(member.id);
    const desk = composeDesk({
      dir: join(options.dir, 'desks', member.id),
      key,
      me: member.person,
      role: member.role,
      unit: member.unit,
      serverUrl: line.url,
      credentials: { user: member.user, password: member.password },
      tokens: ownTokens,
      trust: { extra: { anchors: tokens.anchors, intermediates: tokens.intermediates } },
      office: member.unit === practiceUnits.commune ? office('Sơn Tịnh', 'con-dau.png', 'Ủy ban nhân dân xã Sơn Tịnh') : office('Quảng Ngãi', 'con-dau-luyen-tap.png', member.unit.name),
      holdMs: () => holdMs(member),
      look,
      now: clock.now,
      log,
    });
    desks.set(member.id, { cast: member, desk, line, tokens: ownTokens });
  }
  if (!built) {
    progress('Đang ký, đóng dấu và gửi các văn bản mẫu…');
    await seedPractice(desks, join(options.resourcesDir, 'practice'));
    seeding = false;
    writeFileSync(marker, JSON.stringify({ builtAt: new Date().toISOString() }));
  }
  // one person at all the desks, so one way to look at them
  const settings = openSettings(join(options.dir, 'settings.json'));
  return {
    connect: (desk = 'commune-clerk') => connectPractice(desks, desk, log, settings, journeys),
    desks,
    clock,
    rootPem: tokens.anchors.map((der) => new X509Certificate(der).toString()).join('\n'),
    close: async () => {
      await journeys.close();
      await Promise.all([...desks.values()].map(async ({ desk, line }) => {
        await desk.close();
        await line.close();
      }));
      await look.close();
      await server.close();
      clock.keep();
    },
  };
}

/** Longer than the practice may go: moving its clock on signs nobody out. */
const sessionTtlMs = 3 * 366 * 86_400_000;

async function fillServer(server: Awaited<ReturnType<typeof createServer>>, now: Date): Promise<void> {
  const year = vietnamDate(now).slice(0, 4);
  for (const organization of [...Object.values(practiceUnits), ...otherOrganizations]) await server.admin.addOrganization(organization);
  for (const { person, user, password, role } of cast) await server.admin.addPerson({ person, user, password, role });
  for (const { unit, outgoing, incoming } of bookStarts) {
    await server.admin.setBookStart(bookFor(unit.code, year, 'van-ban-di'), outgoing);
    await server.admin.setBookStart(bookFor(unit.code, year, 'van-ban-den'), incoming);
  }
}

function readKey(dir: string): Uint8Array {
  const file = join(dir, 'practice.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}

function readOfficeSettings(resourcesDir: string): (location: string, seal: string, organization: string) => OfficeSettings {
  const read = (name: string): Uint8Array => readFileSync(join(resourcesDir, 'practice', name));
  return (location, seal, organization) => ({
    // the image is 1000 × 440 pixels
    signature: { bytes: read('chu-ky.png'), widthMm: 40, heightMm: 17.6 },
    seal: { bytes: read(seal), diameterMm: 36 },
    profile: 'office',
    location,
    organization,
    // nothing goes out from a practice
    policy: { level: 'B-B', digest: 'sha256', tsaUrl: '', proxyUrl: '' },
  });
}
