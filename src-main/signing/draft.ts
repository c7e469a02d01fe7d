import { broken, createUpdate, entryOf, pdfRef, pdfStream, type BuiltUpdate, type PdfDict, type PdfFile, type PdfObject, type PdfRef, type StreamBody } from '../pdf/index.ts';
import type { Drawn } from './form-objects.ts';
import { readArchiveLimits, type ArchiveLimits } from './pdf-a.ts';

/** An update in the making: what was put is what is read back, so that two steps may change one object. */
export type Draft = {
  readonly file: PdfFile;
  readonly add: (object: PdfObject | StreamBody) => PdfRef;
  readonly addStream: (dict: PdfDict, data: Uint8Array) => PdfRef;
  readonly allocate: () => PdfRef;
  readonly put: (ref: PdfRef, object: PdfObject | StreamBody) => void;
  /** A body whose caller must know where each of its bytes stands; its strings went through `seal`. */
  readonly putWritten: (ref: PdfRef, body: Uint8Array) => void;
  /** An object as it is to be written inside the object `ref`: encrypted where the file is. */
  readonly seal: (ref: PdfRef, object: PdfObject) => PdfObject;
  readonly resolve: (object: PdfObject) => PdfObject;
  readonly get: (object: PdfObject, key: string) => PdfObject;
  /** A dictionary that is about to be rewritten; one with a key twice has two readings and is refused. */
  readonly readDict: (object: PdfObject) => PdfDict;
  readonly build: () => BuiltUpdate;
  /** What the document's PDF/A asks of drawings; null when it claims none. */
  readonly limits: () => ArchiveLimits | null;
  /** What was drawn into it, in the order of drawing: a preview shows just that. */
  readonly drawn: Drawn[];
};

/** Throws `AppFailure(pdf.broken)`, as all that reads the file does. */
export function createDraft(file: PdfFile): Draft {
  const update = createUpdate(file);
  const pending = new Map<number, PdfObject>();
  const put = (ref: PdfRef, object: PdfObject | StreamBody): void => {
    if (object.kind !== 'stream-body') pending.set(ref.num, object);
    update.put(ref.num, ref.gen, object);
  };
  const resolve = (object: PdfObject): PdfObject => (object.kind === 'ref' ? pending.get(object.num) : undefined) ?? file.resolve(object);
  const allocate = (): PdfRef => pdfRef(update.allocate());
  const add = (object: PdfObject | StreamBody): PdfRef => {
    const ref = allocate();
    put(ref, object);
    return ref;
  };
  let limits: ArchiveLimits | null | undefined;
  return {
    limits: () => (limits === undefined ? (limits = readArchiveLimits(file)) : limits),
    file, allocate, put, add, resolve,
    addStream: (dict, data) => add(pdfStream(dict, data)),
    putWritten: (ref, body) => update.putWritten(ref.num, ref.gen, body),
    seal: (ref, object) => update.seal(object, ref.num, ref.gen),
    get: (object, key) => resolve(entryOf(object, key)),
    readDict: (object) => {
      const dict = resolve(object);
      if (dict.kind !== 'dict') throw broken('thiếu từ điển cần sửa');
      if (dict.duplicates.length > 0) throw broken(`một từ điển ghi hai lần /${dict.duplicates[0]}`);
      return dict;
    },
    build: update.build,
    drawn: [],
  };
}
