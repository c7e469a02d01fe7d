import type { Handlers } from '../handlers.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { Reports } from '../verification/reports.ts';
import { createImports } from './imports.ts';
import { unlock } from './unlock.ts';

type ContentHandlers = Pick<Handlers, Extract<keyof Handlers, `content.${string}`>>;

export function contentHandlers(context: DeskContext, reports: Reports): ContentHandlers {
  const imports = createImports(context);
  return {
    'content.info': ({ sha256 }) => {
      const sizeBytes = context.blobs.findSize(sha256);
      const received = sizeBytes === null ? context.sync.downloadProgress(sha256) : null;
      return ok({ sizeBytes: sizeBytes ?? 0, here: sizeBytes !== null, ...(received === null ? {} : { received }) });
    },
    'content.read': ({ sha256, offset, length }) =>
      context.blobs.has(sha256) ? ok({ bytes: context.blobs.read(sha256, offset, length) }) : fail('content.not-here'),
    'content.unlock': ({ id, password }) => unlock(context, reports, id, password),
    'content.beginImport': ({ fileName, as }) => ok({ importId: imports.begin(fileName, as) }),
    'content.appendImport': ({ importId, bytes }) => imports.append(importId, bytes),
    'content.finishImport': ({ importId }) => imports.finish(importId),
  };
}
