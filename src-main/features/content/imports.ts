import { PassThrough } from 'node:stream';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import { storedFileName } from '../../../src-shared/domain/file-names.ts';
import { findSecrecy } from '../../../src-shared/domain/secrecy.ts';
import { AppFailure, fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';

type Stored = Result<{ readonly sha256: Sha256; readonly sizeBytes: number }>;
type ImportedAs = 'document' | 'attachment';
type Import = { readonly fileName: string; readonly as: ImportedAs; readonly into: PassThrough; readonly stored: Promise<Stored>; sizeBytes: number };

/** One desk chooses one file at a time; more at once is a page that has lost its way. */
const maxOpenImports = 8;

export type Imports = {
  readonly begin: (fileName: string, as: ImportedAs) => string;
  readonly append: (importId: string, bytes: Uint8Array) => Promise<Result<{ readonly sizeBytes: number }>>;
  readonly finish: (importId: string) => Promise<Result<{ readonly content: ContentRef; readonly pages: number }>>;
};

/**
 * NĐ 30/2020 App I box 10a: the mark stands on the first page, and a document that bears one does not enter, whatever is said of it. A scan without text is not known to. Error:
 * `workflow.secret`, and nothing of the file stays.
 */
async function checkNotMarked({ texts, store, blobs, openContent }: DeskContext, sha256: Sha256): Promise<Result<null>> {
  const firstPageText = (await texts?.readFirstPage(openContent(sha256))) ?? null;
  if (findSecrecy({ title: '', notation: '', firstPageText }) === null) return ok(null);
  if (store.documentsWithContent(sha256).length === 0) blobs.remove(sha256);
  return fail('workflow.secret');
}

/** Streams a chosen file into the blob store, never holding it whole; it is looked at before anything refers to it. */
export function createImports(context: DeskContext): Imports {
  const open = new Map<string, Import>();
  const drop = (id: string, item: Import): void => {
    open.delete(id);
    item.into.destroy(new AppFailure('not-found', { what: 'import' }));
  };
  return {
    begin: (fileName, as) => {
      const oldest = [...open][0];
      if (open.size >= maxOpenImports && oldest !== undefined) drop(...oldest);
      const id = context.newId();
      const into = new PassThrough();
      into.on('error', () => {}); // the reader of the stream reports it; without a listener Node would end the process
      const stored: Promise<Stored> = context.blobs.put(into).catch((error: unknown) => {
        if (error instanceof AppFailure) return { ok: false, error: error.error };
        throw error;
      });
      stored.catch(() => {}); // awaited in finish
      open.set(id, { fileName: storedFileName(fileName), as, into, stored, sizeBytes: 0 });
      return id;
    },
    append: async (importId, bytes) => {
      const item = open.get(importId);
      if (item === undefined) return fail('not-found', { what: 'import' });
      item.sizeBytes += bytes.length;
      if (!item.into.write(bytes)) await new Promise<void>((resolve) => item.into.once('drain', resolve).once('close', resolve));
      return ok({ sizeBytes: item.sizeBytes });
    },
    finish: async (importId) => {
      const item = open.get(importId);
      if (item === undefined) return fail('not-found', { what: 'import' });
      if (item.sizeBytes === 0) {
        drop(importId, item);
        return fail('file.empty');
      }
      open.delete(importId);
      item.into.end();
      const stored = await item.stored;
      if (!stored.ok) return stored;
      const content = { ...stored.value, fileName: item.fileName, parent: null };
      const unmarked = await checkNotMarked(context, stored.value.sha256);
      if (!unmarked.ok) return unmarked;
      if (item.as === 'attachment') return ok({ content, pages: 0 });
      const inspected = context.signing.inspect(context.openContent(stored.value.sha256));
      if (!inspected.ok) return inspected;
      return ok({ content, pages: inspected.value.pages });
    },
  };
}
