import type { TrustOrigin } from '../../src-shared/contract/trust.ts';
import { fail, ok } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import type { TrustPort } from '../ports/trust.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import { examineFile, findCandidates } from './examine.ts';
import { isSelfSigned, type TrustRole } from './faults.ts';
import { findBook, forgetDamage, isDamaged, readKept, readNumber, writeBook, writeKept, type Book, type Kept, type KeptSettings } from './kept.ts';
import { readServerList } from './server-list.ts';
import { readShipped, type Shipped } from './shipped.ts';
import { summarize } from './summarize.ts';

export type TrustOptions = {
  /** `resources/trust`; left out: nothing is shipped. */
  readonly shippedDir?: string;
  readonly settings: KeptSettings;
  readonly now: () => Date;
  readonly log: Log;
  /** Of the practice office, DER. */
  readonly extra?: { readonly anchors: readonly Uint8Array[]; readonly intermediates: readonly Uint8Array[] };
};

type Entry = { readonly role: TrustRole; readonly origin: TrustOrigin; readonly certificate: Certificate; readonly since: string };

/** Whose word counts where several brought the same certificate: an anchor is one, and the surest origin is shown. */
const origins: readonly TrustOrigin[] = ['practice', 'shipped', 'server', 'administrator'];
const keptChanges = 60;

/** Whom this desk believes, kept in its profile. Nothing that cannot be read makes it fail: it is told, and what was shipped stands. */
export function createTrust({ shippedDir, settings, now, log, extra }: TrustOptions): TrustPort {
  const shipped: Shipped = shippedDir === undefined ? { certificates: [], listSigners: [], refused: [] } : readShipped(shippedDir);
  if (shipped.refused.length > 0) log('error', 'shipped certificates that are not believed', { files: shipped.refused.join(' · ') });
  const always: readonly Entry[] = [...readExtra(extra), ...shipped.certificates.map((each) => ({ ...each, origin: 'shipped' as const }))];
  const listeners = new Set<(by: 'server' | 'desk') => void>();
  let kept = readKept(settings);
  if (shipped.listSigners.length > 0 && kept.server !== null && kept.server.signedBy === null) {
    // taken when the program knew of no signer: it comes again, with its signature, or not at all
    log('warn', 'a list of the server that nobody signed is let go of', { version: kept.server.version });
    kept = { ...kept, server: null };
    writeKept(settings, kept);
  }
  if (isDamaged(settings)) log('error', 'the kept list of trust cannot be read; what was shipped stands', {});
  let list = joinLists(always, kept);
  let ders = dersOf(list);
  let book = settle(findBook(settings));

  /** The book agrees with the list: a program that brings another list has changed it too. */
  function settle(before: Book | null): Book {
    const present = list.map(({ role, origin, certificate: { thumbprint, commonName } }) => ({ role, origin, thumbprint, commonName }));
    if (before === null) {
      const begun: Book = { version: readNumber(settings) + 1, dated: dayOf(now()), list: present, changes: [], asked: null };
      writeBook(settings, begun);
      return begun;
    }
    const name = ({ role, thumbprint }: Book['list'][number]): string => `${role} ${thumbprint}`;
    const was = new Set(before.list.map(name));
    const is = new Set(present.map(name));
    const added = present.filter((each) => !was.has(name(each)));
    const removed = before.list.filter((each) => !is.has(name(each)));
    if (added.length === 0 && removed.length === 0) return before;
    const at = dayOf(now());
    const version = before.version + 1;
    const changes = [...removed.map((each) => ({ ...each, what: 'removed' as const })), ...added.map((each) => ({ ...each, what: 'added' as const }))].map((each) => ({ ...each, at, version }));
    for (const { what, role, origin, thumbprint } of changes) log('warn', 'the list of trust changed', { what, role, origin, thumbprint, version });
    const next: Book = { ...before, version, dated: at, list: present, changes: [...changes, ...before.changes].slice(0, keptChanges) };
    writeBook(settings, next);
    return next;
  }

  function commit(next: Kept, by: 'server' | 'desk'): void {
    writeKept(settings, next);
    kept = next;
    list = joinLists(always, kept);
    ders = dersOf(list);
    const before = book.version;
    book = settle(book);
    if (book.version !== before) for (const tell of listeners) tell(by);
  }

  function noteAsked(problem: NonNullable<Book['asked']>['problem']): void {
    book = { ...book, asked: { at: now().toISOString(), problem } };
    writeBook(settings, book);
  }

  const isKnown = (thumbprint: string): boolean => list.some(({ certificate }) => certificate.thumbprint === thumbprint);

  return {
    get anchors() {
      return ders.anchors;
    },
    get intermediates() {
      return ders.intermediates;
    },
    get version() {
      return book.version;
    },
    get dated() {
      return book.dated;
    },
    state: () => ({
      version: book.version,
      dated: book.dated,
      certificates: list.map(({ role, origin, certificate, since }) => ({ ...summarize(certificate), role, origin, since })),
      server: { version: kept.server?.version ?? null, dated: kept.server?.dated ?? null, signedBy: kept.server?.signedBy ?? null, askedAt: book.asked?.at ?? null, problem: book.asked?.problem ?? null },
      changes: book.changes,
      damaged: isDamaged(settings),
      refused: [...shipped.refused],
      followServer: kept.followServer,
    }),
    examine: (file) => examineFile(file, isKnown, now()),
    add: (file, thumbprints) => {
      const found = findCandidates(file);
      if (found.length === 0) return fail('trust.no-certificate');
      const chosen = found.filter(({ thumbprint }) => thumbprints.includes(thumbprint));
      if (chosen.length < new Set(thumbprints).size) return fail('input.invalid', { where: 'thumbprints' });
      const taken = chosen.map(({ certificate, fault }) => ({ certificate, fault: fault(now()) }));
      for (const { certificate, fault } of taken) if (certificate === null || fault !== null) return fail('trust.unfit', { name: certificate?.commonName ?? '', reason: fault ?? 'unreadable' });
      const today = dayOf(now());
      const fresh = taken.flatMap(({ certificate }) => (certificate === null || kept.own.some((each) => each.certificate.thumbprint === certificate.thumbprint) ? [] : [{ role: isSelfSigned(certificate) ? ('anchor' as const) : ('intermediate' as const), certificate, since: today }]));
      forgetDamage(settings);
      commit({ ...kept, own: [...kept.own, ...fresh] }, 'desk');
      return ok(null);
    },
    remove: (thumbprint) => {
      const own = kept.own.filter(({ certificate }) => certificate.thumbprint !== thumbprint);
      if (own.length === kept.own.length) return fail('not-found', { what: '' });
      commit({ ...kept, own }, 'desk');
      return ok(null);
    },
    follow: (followServer) => {
      if (followServer === kept.followServer) return;
      log('warn', 'whether lists of the server are taken', { followServer });
      commit({ ...kept, followServer, server: null }, 'desk');
      book = { ...book, asked: null };
      writeBook(settings, book);
    },
    server: {
      isFollowed: () => kept.followServer,
      tag: () => kept.server?.tag ?? null,
      take: (answer, tag) => {
        // told to stop between the question and the answer
        if (!kept.followServer) return ok(null);
        const read = readServerList(answer, tag, { last: kept.server, signers: shipped.listSigners, now: now(), today: dayOf(now()) });
        if (read.ok) commit({ ...kept, server: read.value }, 'server');
        else log('error', 'a list of the server is refused', { code: read.error.code, ...read.error.params });
        noteAsked(read.ok ? null : read.error);
        return read.ok ? ok(null) : read;
      },
      asked: noteAsked,
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function dersOf(list: readonly Entry[]): Pick<TrustPort, 'anchors' | 'intermediates'> {
  const of = (role: TrustRole): readonly Uint8Array[] => list.filter((each) => each.role === role).map(({ certificate }) => certificate.der);
  return { anchors: of('anchor'), intermediates: of('intermediate') };
}

/** Each certificate once: as an anchor where anybody who counts says so, under its surest origin. Anchors first, then by name. */
function joinLists(always: readonly Entry[], { followServer, own, server }: Kept): readonly Entry[] {
  const all: readonly Entry[] = [
    ...always,
    ...(followServer ? (server?.certificates ?? []) : []).map((each) => ({ ...each, origin: 'server' as const })),
    ...own.map((each) => ({ ...each, origin: 'administrator' as const })),
  ];
  const rank = ({ role, origin }: Entry): number => (role === 'anchor' ? 0 : origins.length) + origins.indexOf(origin);
  const joined = new Map<string, Entry>();
  for (const entry of all.toSorted((a, b) => rank(b) - rank(a))) joined.set(entry.certificate.thumbprint, entry);
  return [...joined.values()].sort((a, b) => Number(a.role !== 'anchor') - Number(b.role !== 'anchor') || a.certificate.commonName.localeCompare(b.certificate.commonName, 'vi') || (a.certificate.thumbprint < b.certificate.thumbprint ? -1 : 1));
}

function readExtra(extra: TrustOptions['extra']): readonly Entry[] {
  const read = (role: TrustRole, ders: readonly Uint8Array[]): readonly Entry[] => ders.flatMap((der) => {
    const certificate = readCertificate(new Uint8Array(der));
    return certificate === null ? [] : [{ role, origin: 'practice' as const, certificate, since: dayOf(certificate.notBefore) }];
  });
  return extra === undefined ? [] : [...read('anchor', extra.anchors), ...read('intermediate', extra.intermediates)];
}

/** The calendar day in Vietnam, `yyyy-mm-dd`. */
function dayOf(at: Date): string {
  return new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}
