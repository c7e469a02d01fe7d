import { createHash } from 'node:crypto';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import type { AttachmentSink, ReceivedAttachment } from '../../src-shared/edxml/reader.ts';
import { randomUuid } from '../features/canonical.ts';
import type { ContentStore } from '../storage/port.ts';

export type KeptFile = ReceivedAttachment & { readonly sha256: Sha256 };

export type IncomingFiles = {
  readonly sink: AttachmentSink;
  /** Gives every content its name, durably. Called once the whole package has been found right. */
  readonly keep: (attachments: readonly ReceivedAttachment[]) => Promise<readonly KeptFile[]>;
  /** Nothing stays of what was not kept. */
  readonly drop: () => Promise<void>;
};

/** Contents of a package on their way into the store: beside it until the package stands, then in it. Nothing is held in memory whole. */
export function createIncomingFiles(content: ContentStore, randomBytes: (size: number) => Uint8Array, mostBytes: number): IncomingFiles {
  const received = new Map<number, { readonly upload: string; readonly hash: string }>();
  const uploads: string[] = [];
  return {
    sink: async ({ index }, pieces) => {
      const upload = randomUuid(randomBytes);
      uploads.push(upload);
      const hash = createHash('sha256');
      await content.receive(upload, 0, mostBytes, hashed(pieces, hash), () => undefined);
      received.set(index, { upload, hash: hash.digest('hex') });
    },
    keep: async (attachments) => {
      const kept: KeptFile[] = [];
      for (const attachment of attachments) {
        const found = received.get(attachment.index);
        if (found === undefined) throw new Error('an attachment that was not received');
        const sha256 = found.hash as Sha256;
        // the disk gave back what it was not given: the package is read once more
        if (!(await content.finish(found.upload, sha256, null))) throw new Error('a content is not what was written');
        kept.push({ ...attachment, sha256 });
      }
      return kept;
    },
    drop: async () => {
      for (const upload of uploads) await content.drop(upload);
    },
  };
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}
