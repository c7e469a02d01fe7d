import { z } from 'zod';
import { contentRef } from '../domain/document.ts';
import { documentId, sha256 } from '../domain/ids.ts';
import { binary, call } from './define.ts';

/** Largest slice of content in one call, bytes. */
export const maxSliceBytes = 1024 * 1024;

export const contentCalls = {
  /** `received`: bytes that have come of one that is being fetched now. */
  'content.info': call(z.object({ sha256 }), z.object({ sizeBytes: z.int(), here: z.boolean(), received: z.int().optional() })),
  /** `[offset, offset+length)` of a content that is here; error `content.not-here`. */
  'content.read': call(z.object({ sha256, offset: z.int().nonnegative(), length: z.int().positive().max(maxSliceBytes) }), z.object({ bytes: binary })),
  /**
   * Tries a password on an encrypted file; one that opens it is remembered for this content and what continues it until the program ends, so that it is asked once.
   * Nothing of it is stored. Error: `pdf.password-wrong`.
   */
  'content.unlock': call(z.object({ id: documentId, password: z.string().min(1).max(128) }), z.object({})),
  /**
   * Takes a file the person chose, in slices in order; nothing is kept until `finish`. A PDF that is none, or is empty, is refused at `finish`. An `attachment` may be
   * of any form and has no pages. The name that `finish` answers is one that every system takes (domain/file-names.ts), whatever the file was called.
   */
  'content.beginImport': call(z.object({ fileName: z.string().min(1).max(1000), as: z.enum(['document', 'attachment']).default('document') }), z.object({ importId: z.string() })),
  'content.appendImport': call(z.object({ importId: z.string(), bytes: binary }), z.object({ sizeBytes: z.int() })),
  'content.finishImport': call(z.object({ importId: z.string() }), z.object({ content: contentRef, pages: z.int() })),
} as const;
