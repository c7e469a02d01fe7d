import type { Reply, ServerRequest } from '../../../src-server/http/call.ts';
import type { ContentStore, Storage } from '../../../src-server/storage/port.ts';
import type { BlobStore, DeskStore } from '../../../src-main/ports/store.ts';
import type { Versions } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

export type Beside = { readonly random: Random; readonly ledger: Ledger };
export type BesideDesk = Beside & { readonly desk: string; readonly isCopy: boolean; /** The desk's program ends here. */ readonly crash: (where: string) => void; readonly skewMs: () => number; /** Of a document of this desk's unit, as the server holds it. */ readonly versions: (document: DocumentId) => Promise<Versions> };

/** A way of being wrong, laid around a port from outside. Nothing of it: the programs as they are. */
export type Planted = {
  readonly desk?: (desk: DeskStore, beside: BesideDesk) => DeskStore;
  readonly blobs?: (blobs: BlobStore, beside: BesideDesk) => BlobStore;
  readonly fetch?: (fetch_: typeof fetch, desk: DeskStore, beside: BesideDesk) => typeof fetch;
  readonly storage?: (storage: Storage, beside: Beside) => Storage;
  readonly content?: (content: ContentStore, beside: Beside) => ContentStore;
  readonly handle?: (handle: (request: ServerRequest) => Promise<Reply> | null, storage: Storage) => (request: ServerRequest) => Promise<Reply> | null;
  /** The disk of a desk forgets the last action when its program ends. */
  readonly forgetful?: true;
  /** What the first start of a newer version does to a profile before anything else. */
  readonly upgrade?: (desk: DeskStore) => void;
};
