import { documentKinds, type ContentRef, type DocumentState } from '../../../src-shared/domain/document.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import { formatDocumentDate, formatNumber } from '../../../src-shared/domain/notation.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { ArchivedDocument, ArchivedDossier, ArchivedFile, ArchivedSignatures } from '../../ports/printing.ts';
import type { DeskContext } from '../context.ts';
import { bodiesOf } from '../registers/head.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { signaturesNow } from './signatures.ts';
import { documentsOf } from './view.ts';

export type DossierExports = {
  readonly begin: (dossier: DossierState) => Promise<Result<{ exportId: string; fileName: string; sizeBytes: number }>>;
  readonly read: (exportId: string, offset: number, length: number) => Result<{ bytes: Uint8Array }>;
  readonly end: (exportId: string) => Result<Record<string, never>>;
};

/** What has been made and not let go of: it outlives a crash, and the next start lets go of it. */
const settingKey = 'dossiers.exports';

/**
 * A dossier with its files in one ZIP. While it is taken it lies in the desk's own encrypted store, piece by piece as everything there; nothing of a document lies open on the disk.
 */
export function createDossierExports(context: DeskContext, pagesOf: (state: DocumentState) => number | null): DossierExports {
  const { store, blobs } = context;
  const open = new Map<string, Sha256>();
  const remember = (): void => store.setSetting(settingKey, JSON.stringify([...new Set(open.values())]));
  for (const left of leftOver(store.getSetting(settingKey))) letGo(left);
  remember();

  return {
    begin: async (dossier) => {
      if (context.official === undefined) return fail('not-allowed');
      const documents = documentsOf(context, dossier);
      const files = documents.flatMap(({ content, attachments }) => [content, ...attachments]);
      if (documents.length < dossier.documents.length || files.some(({ sha256 }) => !blobs.has(sha256))) return fail('content.not-here');
      const now = context.now();
      const placeAndDate = `${context.office.location}, ${formatDocumentDate(vietnamDate(now))}`;
      const signed = new Map<Sha256, ArchivedSignatures | null>();
      for (const content of files) if (!signed.has(content.sha256)) signed.set(content.sha256, await signaturesNow(context, content));
      const made = await context.official.dossierPackage(archived(context, dossier, documents, { pagesOf, signed }), { ...bodiesOf(context), placeAndDate, at: now });
      if (!made.ok) return made;
      const stored = await blobs.put(made.value);
      if (!stored.ok) return stored;
      const exportId = context.newId();
      open.set(exportId, stored.value.sha256);
      remember();
      return ok({ exportId, fileName: `ho-so-${foldedWords(dossier.code).join('-')}-${dossier.year}.zip`, sizeBytes: stored.value.sizeBytes });
    },
    read: (exportId, offset, length) => {
      const sha256 = open.get(exportId);
      return sha256 === undefined ? fail('not-found', { what: 'export' }) : ok({ bytes: blobs.read(sha256, offset, length) });
    },
    end: (exportId) => {
      const sha256 = open.get(exportId);
      open.delete(exportId);
      if (sha256 !== undefined && ![...open.values()].includes(sha256)) letGo(sha256);
      remember();
      return ok({});
    },
  };

  /** Unless somebody has meanwhile attached that very ZIP to a document. */
  function letGo(sha256: Sha256): void {
    const isNamed = store.documentsWithContent(sha256).length > 0 || store.outbox().some(({ contents }) => contents.some((one) => one.sha256 === sha256));
    if (!isNamed) blobs.remove(sha256);
  }
}

type Known = { readonly pagesOf: (state: DocumentState) => number | null; readonly signed: ReadonlyMap<Sha256, ArchivedSignatures | null> };

function archived(context: DeskContext, dossier: DossierState, documents: readonly DocumentState[], { pagesOf, signed }: Known): ArchivedDossier {
  const pages = documents.map(pagesOf);
  return {
    fileCode: { organId: context.unit.code, fileCatalog: dossier.year, fileNotation: dossier.code },
    title: dossier.title,
    maintenance: retentionOf(dossier),
    rights: dossier.rights,
    creator: context.store.people().find(({ id }) => id === dossier.keeper)?.fullName ?? '',
    language: 'Tiếng Việt',
    startDate: dossier.startDate,
    endDate: dossier.endDate ?? '',
    docTotal: documents.length,
    pageTotal: dossier.pages ?? pages.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    description: dossier.note,
    documents: documents.map((state, index): ArchivedDocument => ({
      docOrdinal: index + 1,
      typeName: documentKinds[state.kind].name,
      codeNumber: state.numberText ?? (state.number === null ? '' : formatNumber(state.number)),
      codeNotation: state.notation,
      issuedDate: state.issuedDate ?? '',
      organName: state.from.name,
      subject: state.title,
      language: 'Tiếng Việt',
      pageAmount: pages[index] ?? 0,
      description: state.stage === 'recalled' ? 'Đã thu hồi' : '',
      signers: state.signer === null || state.signer === '' ? [] : [{ position: '', fullName: state.signer }],
      files: [state.content, ...state.attachments].map((content) => fileOfContent(context, content, signed.get(content.sha256) ?? null)),
    })),
  };
}

export function retentionOf({ retention }: Pick<DossierState, 'retention'>): string {
  return retention === 'permanent' ? 'Vĩnh viễn' : `${retention} năm`;
}

function fileOfContent({ blobs }: DeskContext, { fileName, sizeBytes, sha256 }: ContentRef, signed: ArchivedSignatures | null): ArchivedFile {
  return { name: fileName, signed, mediaType: /\.pdf$/i.test(fileName) ? 'application/pdf' : 'application/octet-stream', sizeBytes, sha256, content: () => blobs.stream(sha256) };
}

function leftOver(kept: string | null): readonly Sha256[] {
  if (kept === null) return [];
  const read: unknown = JSON.parse(kept);
  return Array.isArray(read) ? read.filter((one): one is Sha256 => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one)) : [];
}
