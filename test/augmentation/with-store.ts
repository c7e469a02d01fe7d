import assert from 'node:assert/strict';
import { createUpdate, entryOf, openPdf, pdfArray, pdfDict, pdfRef, pdfStream, withEntries, type PdfRef } from '../../src-main/pdf/index.ts';
import { bytesSource } from '../../src-main/ports/bytes.ts';

export type Held = { readonly certificates?: readonly Uint8Array[]; readonly ocsps?: readonly Uint8Array[]; readonly crls?: readonly Uint8Array[] };

/** One update by hand with a DSS that holds just this. */
export function withStore(pdf: Uint8Array, held: Held): Buffer {
  const file = openPdf(bytesSource(pdf));
  assert.ok(file.ok);
  const update = createUpdate(file.value);
  const streams = (all: readonly Uint8Array[] = []): readonly PdfRef[] => all.map((data) => {
    const num = update.allocate();
    update.put(num, 0, pdfStream(pdfDict({}), data));
    return pdfRef(num);
  });
  const root = entryOf(file.value.trailer, 'Root');
  assert.ok(root.kind === 'ref');
  const store = pdfDict({ Certs: pdfArray(streams(held.certificates)), OCSPs: pdfArray(streams(held.ocsps)), CRLs: pdfArray(streams(held.crls)) });
  update.put(root.num, root.gen, withEntries(file.value.catalog, { DSS: store }));
  return Buffer.concat([pdf, update.build().tail]);
}
