import type { Handlers } from '../handlers.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { pendingHandlers } from '../pending.ts';
import { createImports } from './imports.ts';

type ContentHandlers = Pick<Handlers, Exclude<Extract<keyof Handlers, `content.${string}`>, keyof typeof pendingHandlers>>;

export function contentHandlers(context: DeskContext): ContentHandlers {
  const imports = createImports(context);
  return {
    'content.info': ({ sha256 }) => {
      const sizeBytes = context.blobs.findSize(sha256);
      return ok({ sizeBytes: sizeBytes ?? 0, here: sizeBytes !== null });
    },
    'content.read': ({ sha256, offset, length }) =>
      context.blobs.has(sha256) ? ok({ bytes: context.blobs.read(sha256, offset, length) }) : fail('content.not-here'),
    'content.beginImport': ({ fileName }) => ok({ importId: imports.begin(fileName) }),
    'content.appendImport': ({ importId, bytes }) => imports.append(importId, bytes),
    'content.finishImport': ({ importId }) => imports.finish(importId),
  };
}
