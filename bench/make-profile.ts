import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cast, otherOrganizations, practiceUnits } from '../src-main/practice/cast.ts';
import type { ProfileStore } from '../src-main/ports/store.ts';
import { openProfileStore } from '../src-main/store/open.ts';
import type { Actor, ContentRef, DocumentEvent, Urgency } from '../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, OrganizationCode, PersonId, Sha256 } from '../src-shared/domain/ids.ts';
import { plainEntry, type Organization, type Person } from '../src-shared/domain/organization.ts';
import type { Change } from '../src-shared/protocol/wire.ts';
import type { VerificationReport } from '../src-shared/contract/verification.ts';
import { communes, directives, duties, familyNames, givenNames, kinds, matters, places, sectors, verbs } from './profile-words.ts';

export type ProfileOptions = {
  /** Where `desk.db` and `blobs.db` are made; they must not be open elsewhere. */
  readonly dir: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly documents: number;
  /** The same seed and `until` make the same documents. */
  readonly seed: number;
  /** The newest document's time; now, unless told. */
  readonly until?: Date;
  /** The cursor that is left behind; a sync with a real server begins anew from one that it does not know. */
  readonly cursor?: string;
};

const day = 86_400_000;
const years = 3;
const perPage = 2000;
const contents = 100;
const letter = fileURLToPath(new URL('../test/fixtures/pdf/cong-van-xa.pdf', import.meta.url));
const unit = practiceUnits.commune;

/**
 * Fills a profile of the practice's commune as three years of work would: through the store's own feed, in pages, encrypted as ever. Documents
 * share a hundred real contents, which are all here; half of those carry a report. The reader is the commune's clerk. About 5,000 documents/s.
 */
export async function makeProfile(options: ProfileOptions): Promise<{ readonly documents: number }> {
  const opened = openProfileStore({ dir: options.dir, key: options.key });
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  try {
    const random = createRandom(options.seed);
    store.desk.putDirectory(organizations.map(plainEntry), 1);
    store.desk.putPeople(people);
    store.desk.setReader(clerk.id);
    const untilMs = (options.until ?? new Date()).getTime();
    const make = createMaker(random, await putContents(store), untilMs, options.documents);
    for (let from = 0; from < options.documents; from += perPage) {
      const changes = Array.from({ length: Math.min(perPage, options.documents - from) }, (_, i) => make(from + i));
      store.desk.applyChanges(changes, options.cursor ?? store.desk.cursor() ?? `made-${options.seed}`);
      // what is older than a week has been looked at, but for one in a hundred
      store.desk.markRead(clerk.id, changes.filter((change) => 'events' in change && untilMs - Date.parse(change.events[0]?.at ?? '') > 7 * day && random(100) > 0).map(({ document }) => document), true);
    }
    return { documents: options.documents };
  } finally {
    store.close();
  }
}

/** 0 ≤ n < below. mulberry32: the same seed, the same three years. */
type Random = (below: number) => number;

function createRandom(seed: number): Random {
  let a = seed | 0;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

const organizations: readonly Organization[] = [
  ...Object.values(practiceUnits),
  ...otherOrganizations,
  ...sectors.map((sector, i) => organization(`H48.${20 + i}`, `Sở ${sector} tỉnh Quảng Ngãi`)),
  ...communes.map((name, i) => organization(`H48.61.${10 + i}`, `UBND xã ${name}`)),
];

const clerk = castPerson('commune-clerk');
const leader = castPerson('commune-leader');
const officers: readonly Person[] = familyNames.map((family, i) => ({
  id: `can-bo-${i + 1}` as PersonId, fullName: `${family} ${givenNames[i]}`, position: duties[i % duties.length] ?? '', unit: unit.code, roles: ['officer'],
}));
const people: readonly Person[] = [clerk, leader, ...officers];

function castPerson(id: string): Person {
  const found = cast.find((desk) => desk.id === id);
  if (found === undefined) throw new Error(`no practice desk ${id}`);
  return found.person;
}

function organization(code: string, name: string): Organization {
  return { code: code as OrganizationCode, name };
}

/** A real letter and its continuations, all in `blobs.db`. */
async function putContents(store: ProfileStore): Promise<readonly ContentRef[]> {
  const base = readFileSync(letter);
  const made: ContentRef[] = [];
  for (let i = 0; i < contents; i++) {
    const bytes = Buffer.concat([base, Buffer.from(`% ${i}\n`)]);
    const put = await store.blobs.put((async function* () { yield bytes; })());
    if (!put.ok) throw new Error(put.error.code);
    made.push({ sha256: put.value.sha256, sizeBytes: bytes.length, fileName: `van-ban-${i + 1}.pdf`, parent: null });
    if (i % 2 === 0) store.desk.keepExamination(put.value.sha256, { report: report(i), evidence: [] });
  }
  return made;
}

const head = { schema: 2, checkedAt: '2026-01-05T02:00:00.000Z', program: '', file: { sha256: null, sizeBytes: 0 }, trustList: null, extent: 'full' } as const;

function report(i: number): VerificationReport {
  return { ...head, verdict: i % 10 === 0 ? 'unsigned' : 'valid', signatures: [], problems: [] };
}

/** Document `i` of `count`: the older half long finished, the last days still at work. */
function createMaker(random: Random, refs: readonly ContentRef[], untilMs: number, count: number): (i: number) => Change {
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const stepMs = (years * 365 * day) / Math.max(1, count);
  const weighed = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  const senders = organizations.filter(({ code }) => code !== unit.code);
  const numbers = new Map<string, number>();
  const answerable: { readonly id: DocumentId; readonly atMs: number }[] = [];

  const next = (book: string): number => {
    const number = (numbers.get(book) ?? 0) + 1;
    numbers.set(book, number);
    return number;
  };
  const title = (): string => `${upper(one(verbs))} ${one(matters)} ${one(places)}${random(4) === 0 ? ` năm ${2023 + random(4)}` : ''}`;
  const urgency = (): Urgency => (random(100) < 3 ? 'express' : random(100) < 8 ? 'urgent' : 'normal');

  function incoming(id: DocumentId, atMs: number): DocumentEvent[] {
    const { kind, suffix } = one(weighed);
    const from = one(senders);
    const events: DocumentEvent[] = [{
      type: 'arrived', at: iso(atMs), by: null, command: null, unit, from, origin: uuid(atMs, random), title: title(), kind, number: 1 + random(4000),
      notation: suffix === '' ? `${notationOf(from)}-VP` : `${suffix}-${notationOf(from)}`, issuedDate: dateOf(atMs - random(5) * day), urgency: urgency(), content: one(refs), signer: 'Nguyễn Văn Ký', inReplyTo: null,
    }];
    const ageDays = (untilMs - atMs) / day;
    const stage = ageDays < 1 ? random(3) : ageDays < 7 ? 1 + random(3) : random(50) === 0 ? 1 : 3;
    if (ageDays > 7 && random(200) === 0) return [...events, { ...meta(clerk, atMs + 600_000, random), type: 'refused', reason: 'Gửi nhầm nơi nhận' }];
    if (stage >= 1) {
      const date = dateOf(atMs);
      const book = `${unit.code}/${date.slice(0, 4)}/van-ban-den` as BookId;
      events.push({ ...meta(clerk, atMs + 900_000, random), type: 'registered', entry: { book, epoch: 1, number: next(book) }, arrivalDate: date });
    }
    if (stage >= 2) events.push({ ...meta(clerk, atMs + 1_200_000, random), type: 'presented', note: '' });
    if (stage >= 3) {
      // what is long past was answered by a letter of ours, or had no deadline
      const deadline = ageDays < 20 ? (random(2) === 0 ? null : dateOf(untilMs + (random(20) - 6) * day)) : random(4) === 0 ? dateOf(atMs + 10 * day) : null;
      const lead = one(people).id;
      events.push({
        ...meta(leader, atMs + 7_200_000, random), type: 'assigned', lead, support: random(3) === 0 ? [one(officers).id].filter((id) => id !== lead) : [], inform: random(4) === 0 ? [one(officers).id] : [],
        directive: one(directives), deadline,
      });
      if (deadline !== null && ageDays >= 20) answerable.push({ id, atMs });
    }
    return events;
  }

  function outgoing(atMs: number): DocumentEvent[] {
    const { kind, suffix } = one(weighed);
    const answered = answerable.shift();
    const content = one(refs);
    const to = Array.from({ length: 1 + random(3) }, () => one(senders)).filter((org, i, all) => all.findIndex(({ code }) => code === org.code) === i);
    const notation = suffix === '' ? 'UBND-VP' : `${suffix}-UBND`;
    const events: DocumentEvent[] = [{
      ...meta(clerk, atMs, random), type: 'drafted', title: title(), kind, notation, urgency: urgency(), content, recipients: to, inReplyTo: answered?.id ?? null, unit,
    }];
    const ageDays = (untilMs - atMs) / day;
    const stage = ageDays < 2 ? random(5) : ageDays < 10 ? 2 + random(3) : 4;
    if (stage >= 1) events.push({ ...meta(clerk, atMs + 600_000, random), type: 'submitted', content });
    if (stage >= 2) events.push({ ...meta(leader, atMs + 3_600_000, random), type: 'approved', content, signer: leader.fullName });
    if (stage >= 3) {
      const date = dateOf(atMs);
      const book = `${unit.code}/${date.slice(0, 4)}/van-ban-di` as BookId;
      events.push({ ...meta(clerk, atMs + 4_000_000, random), type: 'issued', content, entry: { book, epoch: 1, number: next(book) }, notation, issuedDate: date, signer: unit.name });
    }
    if (stage >= 4) {
      events.push({ ...meta(clerk, atMs + 4_000_001, random), type: 'sent', recipients: to });
      for (const { code } of to) events.push({ type: 'deliveryReported', at: iso(atMs + 4_100_000), by: null, command: null, recipient: code, status: '01', description: 'Đã đến' });
    }
    return events;
  }

  return (i) => {
    const atMs = Math.floor(untilMs - (count - 1 - i) * stepMs - random(Math.max(1, Math.floor(stepMs))));
    const id = uuid(atMs, random);
    // three in ten are ours
    return { document: id, from: 0, events: random(10) < 3 ? outgoing(atMs) : incoming(id, atMs) };
  };
}

function meta(person: Person, atMs: number, random: Random): { readonly at: string; readonly by: Actor; readonly command: CommandId } {
  const role = person.roles[0] ?? 'officer';
  return { at: iso(atMs), by: { person: person.id, fullName: person.fullName, role, unit: person.unit }, command: uuid<CommandId>(atMs, random) };
}

/** UUIDv7 of the given time, so that ids made later sort later, as on a real desk. */
function uuid<T extends string = DocumentId>(atMs: number, random: Random): T {
  const time = Math.floor(atMs).toString(16).padStart(12, '0');
  const tail = (random(0x1_0000_0000).toString(16).padStart(8, '0') + random(0x1_0000_0000).toString(16).padStart(8, '0')).slice(0, 16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6)}${tail.slice(0, 2)}` as T;
}

function iso(atMs: number): string {
  return new Date(Math.floor(atMs)).toISOString();
}

function dateOf(atMs: number): string {
  return new Date(Math.floor(atMs) + 7 * 3_600_000).toISOString().slice(0, 10);
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The office's initials as a notation has them: `Sở Nội vụ tỉnh …` → `SNV`, `UBND xã …` → `UBND`. */
function notationOf({ name }: Organization): string {
  if (name.startsWith('UBND')) return 'UBND';
  return name.replace(/ tỉnh .*/, '').split(/[ ,]+/).filter((word) => word !== 'và').map((word) => word.slice(0, 1).toUpperCase()).join('');
}

/** The same documents, not yet brought in; they share contents that are nowhere. */
export function makeChanges(options: Pick<ProfileOptions, 'documents' | 'seed' | 'until'>): { readonly changes: readonly Change[]; readonly reader: PersonId } {
  const refs = Array.from({ length: contents }, (_, i): ContentRef => ({ sha256: createHash('sha256').update(String(i)).digest('hex') as Sha256, sizeBytes: 50_000, fileName: `van-ban-${i + 1}.pdf`, parent: null }));
  const make = createMaker(createRandom(options.seed), refs, (options.until ?? new Date()).getTime(), options.documents);
  return { changes: Array.from({ length: options.documents }, (_, i) => make(i)), reader: clerk.id };
}
