import { z } from 'zod';
import { contentRef } from '../domain/document.ts';
import { sha256 } from '../domain/ids.ts';
import { binary, call } from './define.ts';

/** Largest slice of content in one call, bytes. */
export const maxSliceBytes = 1024 * 1024;

export const contentCalls = {
  'content.info': call(z.object({ sha256 }), z.object({ sizeBytes: z.int(), here: z.boolean() })),
  /** `[offset, offset+length)` of a content that is here; error `content.not-here`. */
  'content.read': call(z.object({ sha256, offset: z.int().nonnegative(), length: z.int().positive().max(maxSliceBytes) }), z.object({ bytes: binary })),
  /** Takes a file the person chose, in slices in order; nothing is kept until `finish`. A PDF that is none, or is empty, is refused at `finish`. */
  'content.beginImport': call(z.object({ fileName: z.string().min(1).max(255) }), z.object({ importId: z.string() })),
  'content.appendImport': call(z.object({ importId: z.string(), bytes: binary }), z.object({ sizeBytes: z.int() })),
  'content.finishImport': call(z.object({ importId: z.string() }), z.object({ content: contentRef, pages: z.int() })),
} as const;
