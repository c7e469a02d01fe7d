import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { CatalogueState } from '../../../src-shared/domain/records/catalogue.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { recordId } from '../../../src-shared/domain/records/record-id.ts';
import type { RecordCommandBody, RecordState } from '../../../src-shared/domain/records/record.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { actOnRecord } from '../documents/act.ts';
import { givenReason } from '../documents/checks.ts';
import type { Handlers } from '../handlers.ts';
import { fileOf } from '../registers/file-of.ts';
import { checksOf } from './checks.ts';
import { handOverMinutes } from './minutes.ts';
import { createDossierExports } from './package.ts';
import { documentsOf, indexOf, toDossierView } from './view.ts';

type DossierHandlers = Pick<Handlers, Extract<keyof Handlers, `dossiers.${string}` | `catalogues.${string}`>>;

/** Hồ sơ công việc and the year's list of them (NĐ 30/2020 Art 28–31). */
export function dossierHandlers(context: DeskContext): DossierHandlers {
  const { store } = context;
  const pagesOf = createPageCount(context);
  const exports = createDossierExports(context, pagesOf);
  return {
    'dossiers.list': (query) => {
      const { total, rows } = store.dossiers(query);
      return ok({ total, rows: rows.map(({ state, sync }) => toDossierView(context, state, sync)) });
    },
    'dossiers.atHand': () => {
      const due = all('closed').filter(({ dueSoon }) => dueSoon).toSorted((a, b) => (a.handOverDue ?? '').localeCompare(b.handOverDue ?? ''));
      return ok({ due, recent: all('open').toSorted((a, b) => b.state.updatedAt.localeCompare(a.state.updatedAt)).slice(0, 10) });
    },
    'dossiers.read': ({ id }) => {
      const found = find(id);
      if (!found.ok) return found;
      const { state, sync } = found.value;
      const documents = documentsOf(context, state);
      const index = indexOf(context, state, documents, pagesOf);
      return ok({
        ...toDossierView(context, state, sync), documents: [...documents], checks: checksOf(context, state, documents),
        index: { ...index, columns: [...index.columns], rows: index.rows.map((row) => [...row]), notes: [...index.notes], signers: [...index.signers] },
      });
    },
    'dossiers.of': ({ id }) => ok({ rows: store.dossiersOf(id).map((state) => toDossierView(context, state, store.findRecord(state.id)?.sync ?? 'synced')) }),
    'dossiers.open': (args) => done(context.newId() as DocumentId, { type: 'openDossier', args }),
    'dossiers.edit': ({ id, ...args }) => done(id, { type: 'editDossier', args }),
    'dossiers.file': ({ id, documents }) => {
      // what may never be found again is not filed
      if (documents.some((one) => store.findDocument(one) === null)) return fail('not-found', { what: 'document' });
      return done(id, { type: 'fileDocuments', args: { documents } });
    },
    'dossiers.unfile': ({ id, documents }) => done(id, { type: 'unfileDocuments', args: { documents } }),
    'dossiers.close': ({ id, ...args }) => {
      const found = find(id);
      if (!found.ok) return found;
      const blocking = checksOf(context, found.value.state, documentsOf(context, found.value.state)).filter(({ blocks }) => blocks);
      // an empty one has a sentence of its own
      if (blocking.length > 0 && blocking.every(({ check }) => check !== 'empty')) return fail('dossier.blocked', { why: blocking.map(({ message }) => message).join(' ') });
      return done(id, { type: 'closeDossier', args });
    },
    'dossiers.reopen': ({ id, reason }) => {
      const given = givenReason(reason);
      return given.ok ? done(id, { type: 'reopenDossier', args: { reason: given.value } }) : given;
    },
    'dossiers.keep': ({ id, until, consent }) => {
      // Art 31.3d: with the head's written consent
      const given = givenReason(consent);
      return given.ok ? done(id, { type: 'keepDossier', args: { until, consent: given.value } }) : given;
    },
    'dossiers.handOver': ({ id, receiver, date }) => (receiver.trim() === '' ? fail('input.invalid', { where: 'nơi nhận' }) : done(id, { type: 'handOverDossier', args: { receiver: receiver.trim(), date, minutes: null } })),
    'dossiers.index': async ({ id, format }) => {
      const found = find(id);
      if (!found.ok) return found;
      const { state } = found.value;
      const bytes = await fileOf(context, indexOf(context, state, documentsOf(context, state), pagesOf), format);
      return bytes.ok ? ok({ fileName: `muc-luc-${foldedWords(state.code).join('-')}.${format}`, bytes: bytes.value }) : bytes;
    },
    'dossiers.beginExport': async ({ id }) => {
      const found = find(id);
      return found.ok ? exports.begin(found.value.state) : found;
    },
    'dossiers.readExport': ({ exportId, offset, length }) => exports.read(exportId, offset, length),
    'dossiers.endExport': ({ exportId }) => exports.end(exportId),
    'dossiers.minutes': async ({ ids, receiver, date }) => {
      const found: DossierState[] = [];
      for (const id of new Set(ids)) {
        const one = find(id);
        if (!one.ok) return one;
        found.push(one.value.state);
      }
      return handOverMinutes(context, found, receiver, date);
    },
    'catalogues.list': () => ok({ catalogues: [...store.catalogues()] }),
    'catalogues.set': ({ year, entries }) => catalogue(year, { type: 'setCatalogue', args: { year, entries } }),
    'catalogues.approve': ({ year }) => catalogue(year, { type: 'approveCatalogue', args: {} }),
  };

  function all(stage: DossierState['stage']): DossierView[] {
    const found: DossierView[] = [];
    for (;;) {
      const { total, rows } = store.dossiers({ text: '', stage, year: null, offset: found.length, limit: 200 });
      found.push(...rows.map(({ state, sync }) => toDossierView(context, state, sync)));
      if (rows.length === 0 || found.length >= total) return found;
    }
  }

  function find(id: DocumentId): Result<{ readonly state: DossierState; readonly sync: DossierView['sync'] }> {
    const found = store.findRecord(id);
    return found !== null && isDossier(found.state) ? ok({ state: found.state, sync: found.sync }) : fail('not-found', { what: 'dossier' });
  }

  function done(id: DocumentId, body: RecordCommandBody): Result<DossierView> {
    const acted = actOnRecord(context, id, body);
    if (!acted.ok) return acted;
    const found = find(id);
    return found.ok ? ok(toDossierView(context, found.value.state, found.value.sync)) : found;
  }

  function catalogue(year: number, body: RecordCommandBody): Result<CatalogueState> {
    const acted = actOnRecord(context, recordId(context.unit.code, `catalogue/${year}`), body);
    if (!acted.ok) return acted;
    if (acted.value.record !== 'catalogue') throw new Error('a catalogue that is none');
    return ok(acted.value);
  }
}

function isDossier(state: RecordState): state is DossierState {
  return state.record === 'dossier';
}

/** Pages of a document's content, which never change: read once. Null where it is not here, or is no PDF that can be counted. */
function createPageCount(context: Pick<DeskContext, 'blobs' | 'signing' | 'openContent'>): (state: DocumentState) => number | null {
  const known = new Map<Sha256, number | null>();
  return ({ content: { sha256 } }) => {
    if (!known.has(sha256)) {
      if (!context.blobs.has(sha256)) return null;
      const inspected = context.signing.inspect(context.openContent(sha256));
      known.set(sha256, inspected.ok ? inspected.value.pages : null);
    }
    return known.get(sha256) ?? null;
  };
}
