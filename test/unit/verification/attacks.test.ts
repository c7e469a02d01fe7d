import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { entryOf, pdfArray, pdfDict, pdfName, pdfNull, pdfNumber, pdfRef, pdfString, pdfText, withEntries, type PdfFile, type PdfObject, type PdfUpdate } from '../../../src-main/pdf/index.ts';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import { walkReferences } from '../../../src-main/verification/references.ts';
import { addField, codes, open, readFixture, signPdf, updatePdf, verify } from './make-pdf.ts';
import { createTestPki, ecKey, type TestPki } from './pki.ts';

let pki: TestPki;
let signed: Uint8Array;

before(() => {
  pki = createTestPki();
  pki.issue('leader', { key: ecKey });
  pki.issue('office', { key: ecKey });
  signed = signPdf(readFixture('cong-van-xa.pdf'), pki, 'leader');
});
after(() => pki.remove());

async function judge(bytes: Uint8Array): Promise<VerificationReport> {
  return verify(bytes, [pki.root]);
}

async function expectInvalid(bytes: Uint8Array, code: string): Promise<void> {
  const report = await judge(bytes);
  assert.equal(report.verdict, 'invalid', JSON.stringify(report, null, 1));
  assert.ok(codes(report).includes(code), codes(report).join());
}

function pageOf(file: PdfFile): NonNullable<ReturnType<PdfFile['findPage']>> {
  const page = file.findPage(0);
  assert.ok(page !== null);
  return page;
}

function rootOf(file: PdfFile): { readonly num: number; readonly gen: number } {
  const root = entryOf(file.trailer, 'Root');
  assert.ok(root.kind === 'ref');
  return root;
}

const stream = (text: string): Uint8Array => Buffer.from(`<</Length ${text.length}>>\nstream\n${text}\nendstream`, 'latin1');

describe('content changed by an incremental update', () => {
  test('the page\'s content stream replaced', () => expectInvalid(updatePdf(signed, (file, update) => {
    const contents = entryOf(pageOf(file).dict, 'Contents');
    assert.ok(contents.kind === 'ref');
    update.put(contents.num, 0, stream('BT ET'));
  }), 'changes.forbidden'));

  test('the page pointed at other content', () => expectInvalid(updatePdf(signed, (file, update) => {
    const page = pageOf(file);
    const other = update.allocate();
    update.put(other, 0, stream('BT ET'));
    update.put(page.num, page.gen, withEntries(page.dict, { Contents: pdfRef(other) }));
  }), 'changes.forbidden'));

  test('a font replaced', () => expectInvalid(updatePdf(signed, (file, update) => {
    const [font] = fontRefs(file);
    assert.ok(font !== undefined);
    update.put(font, 0, pdfDict({ Type: pdfName('Font'), Subtype: pdfName('Type1'), BaseFont: pdfName('Courier') }));
  }), 'changes.forbidden'));

  test('the length of a content stream replaced', () => expectInvalid(updatePdf(signed, (file, update) => {
    const length = entryOf(file.get(pageOf(file).dict, 'Contents'), 'Length');
    if (length.kind === 'ref') update.put(length.num, 0, pdfNumber(1));
    else update.put(pageOf(file).num, 0, withEntries(pageOf(file).dict, { Rotate: pdfNumber(90) }));
  }), 'changes.forbidden'));

  test('a page added, and the page tree swapped', async () => {
    await expectInvalid(updatePdf(signed, (file, update) => {
      const pages = entryOf(file.catalog, 'Pages');
      assert.ok(pages.kind === 'ref');
      const tree = file.readObject(pages.num);
      const kids = file.get(tree, 'Kids');
      assert.ok(tree.kind === 'dict' && kids.kind === 'array');
      const added = update.allocate();
      update.put(added, 0, pdfDict({ Type: pdfName('Page'), Parent: pages, MediaBox: pdfArray([0, 0, 595, 842].map(pdfNumber)) }));
      update.put(pages.num, pages.gen, withEntries(tree, { Kids: pdfArray([pdfRef(added), ...kids.items]), Count: pdfNumber(file.pageCount + 1) }));
    }), 'changes.forbidden');
    await expectInvalid(updatePdf(signed, (file, update) => {
      const tree = update.allocate();
      const page = update.allocate();
      update.put(page, 0, pdfDict({ Type: pdfName('Page'), Parent: pdfRef(tree), MediaBox: pdfArray([0, 0, 595, 842].map(pdfNumber)) }));
      update.put(tree, 0, pdfDict({ Type: pdfName('Pages'), Count: pdfNumber(1), Kids: pdfArray([pdfRef(page)]) }));
      update.put(rootOf(file).num, rootOf(file).gen, withEntries(file.catalog, { Pages: pdfRef(tree) }));
    }), 'changes.forbidden');
  });

  test('an action that runs on opening', () => expectInvalid(updatePdf(signed, (file, update) => {
    update.put(rootOf(file).num, rootOf(file).gen, withEntries(file.catalog, { OpenAction: pdfDict({ S: pdfName('JavaScript'), JS: pdfText('1') }) }));
  }), 'changes.forbidden'));

  test('another catalog', () => {
    const bytes = updatePdf(signed, (file, update) => update.put(update.allocate(), 0, file.catalog));
    const text = Buffer.from(bytes);
    const at = text.lastIndexOf('/Root ');
    const root = rootOf(open(signed)).num;
    const other = String(open(signed).size).padEnd(String(root).length);
    const patched = Buffer.concat([text.subarray(0, at + 6), Buffer.from(other), text.subarray(at + 6 + String(root).length)]);
    return expectInvalid(patched, 'changes.forbidden');
  });
});

describe('something put over the page', () => {
  for (const subtype of ['FreeText', 'Stamp', 'Ink', 'Redact', 'Link']) {
    test(`a ${subtype} annotation is content added after signing`, async () => {
      const report = await judge(withAnnotation(signed, { Type: pdfName('Annot'), Subtype: pdfName(subtype), Rect: pdfArray([0, 0, 300, 300].map(pdfNumber)), Contents: pdfText('x') }));
      assert.equal(report.verdict, 'changed', JSON.stringify(report, null, 1));
      assert.equal(report.signatures[0]?.changesAfter.status, 'content-added');
    });
  }

  test('an annotation after certification at P=2 is invalid, a second signature is not', async () => {
    const certified = signPdf(readFixture('cong-van-xa.pdf'), pki, 'leader', { entries: { Reference: docMdp(2) } });
    await expectInvalid(withAnnotation(certified, { Type: pdfName('Annot'), Subtype: pdfName('FreeText'), Rect: pdfArray([0, 0, 9, 9].map(pdfNumber)) }), 'changes.locked');
    assert.equal((await judge(signPdf(certified, pki, 'office', { name: 'B' }))).verdict, 'valid-extended');
  });

  test('a second signature after certification at P=1 is invalid', () =>
    expectInvalid(signPdf(signPdf(readFixture('cong-van-xa.pdf'), pki, 'leader', { entries: { Reference: docMdp(1) } }), pki, 'office', { name: 'B' }), 'changes.locked'));

  test('a text field added after signing is content', async () => {
    const report = await judge(updatePdf(signed, (file, update) => {
      const field = update.allocate();
      update.put(field, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Widget'), FT: pdfName('Tx'), T: pdfText('new'), V: pdfText('x'), Rect: pdfArray([0, 0, 99, 99].map(pdfNumber)) }));
      addField(file, update, field);
    }));
    assert.equal(report.verdict, 'changed');
  });

  test('an empty signature field that draws, or a signature as large as the page, is content', async () => {
    const drawn = updatePdf(signed, (file, update) => {
      const picture = update.allocate();
      const field = update.allocate();
      update.put(picture, 0, Buffer.from('<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Length 13>>\nstream\n0 0 99 99 re f\nendstream'.replace('13', '14'), 'latin1'));
      update.put(field, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Widget'), FT: pdfName('Sig'), T: pdfText('new'), Rect: pdfArray([0, 0, 99, 99].map(pdfNumber)), AP: pdfDict({ N: pdfRef(picture) }) }));
      addField(file, update, field);
    });
    assert.equal((await judge(drawn)).verdict, 'changed');
    const large = signPdf(signed, pki, 'office', { name: 'B', widget: { Rect: pdfArray([0, 0, 500, 500].map(pdfNumber)) } });
    assert.equal((await judge(large)).verdict, 'changed');
  });

  test('a signature widget with an action is not examined', async () => {
    const report = await judge(signPdf(signed, pki, 'office', { name: 'B', widget: { A: pdfDict({ S: pdfName('JavaScript'), JS: pdfText('1') }) } }));
    assert.equal(report.verdict, 'indeterminate');
  });
});

describe('a file prepared to change after signing', () => {
  test('an object put where the signed page refers to nothing', () => {
    const hole = 9999;
    const prepared = updatePdf(readFixture('cong-van-xa.pdf'), (file, update) => {
      const page = pageOf(file);
      update.put(page.num, page.gen, withEntries(page.dict, { Contents: pdfArray([entryOf(page.dict, 'Contents'), pdfRef(hole)]) }));
    });
    return expectInvalid(updatePdf(signPdf(prepared, pki, 'leader'), (_, update) => update.put(hole, 0, stream('BT ET'))), 'changes.forbidden');
  });

  test('an object freed', () => {
    const file = open(signed);
    const contents = entryOf(pageOf(file).dict, 'Contents');
    assert.ok(contents.kind === 'ref');
    const start = signed.length;
    const tail = `xref\n${contents.num} 1\n0000000000 00001 f\r\ntrailer\n<</Size ${file.size}/Root ${rootOf(file).num} 0 R/Prev ${file.startXref}>>\nstartxref\n${start}\n%%EOF\n`;
    return expectInvalid(Buffer.concat([signed, Buffer.from(tail)]), 'changes.forbidden');
  });

  test('a field filled before signing and written over afterwards is content, an empty one may be filled', async () => {
    const base = readFixture('cong-van-xa.pdf');
    const withText = (value: string): Uint8Array => updatePdf(base, (file, update) => {
      const field = update.allocate();
      update.put(field, 0, textField(value));
      addField(file, update, field);
    });
    const number = open(base).size;
    const fill = (bytes: Uint8Array): Uint8Array => updatePdf(bytes, (file, update) => {
      const field = file.readObject(number);
      assert.ok(field.kind === 'dict');
      update.put(number, 0, withEntries(field, { V: pdfText('15') }));
    });
    assert.equal((await judge(fill(signPdf(withText(''), pki, 'leader')))).verdict, 'valid-extended');
    assert.equal((await judge(fill(signPdf(withText('12'), pki, 'leader')))).verdict, 'changed');
    const locked = signPdf(withText(''), pki, 'leader', { fieldEntries: { Lock: pdfDict({ Type: pdfName('SigFieldLock'), Action: pdfName('Include'), Fields: pdfArray([pdfText('so')]) }) } });
    await expectInvalid(fill(locked), 'changes.locked');
    const moved = updatePdf(signPdf(withText(''), pki, 'leader'), (file, update) => {
      const field = file.readObject(number);
      assert.ok(field.kind === 'dict');
      update.put(number, 0, withEntries(field, { V: pdfText('15'), Rect: pdfArray([0, 0, 500, 800].map(pdfNumber)) }));
    });
    await expectInvalid(moved, 'changes.forbidden');
  });
});

describe('an object that plays two roles', () => {
  test('a content stream that is also a field, replaced by one of the same length', () => {
    const base = readFixture('cong-van-xa.pdf');
    const number = open(base).size;
    const body = (text: string): Uint8Array => Buffer.from(`<</FT/Tx/T(so)/V()/Length ${text.length}>>\nstream\n${text}\nendstream`, 'latin1');
    const prepared = updatePdf(base, (file, update) => {
      update.put(update.allocate(), 0, body('BT ET'));
      addField(file, update, number);
      const page = pageOf(file);
      update.put(page.num, page.gen, withEntries(page.dict, { Contents: pdfArray([entryOf(page.dict, 'Contents'), pdfRef(number)]) }));
    });
    return expectInvalid(updatePdf(signPdf(prepared, pki, 'leader'), (_, update) => update.put(number, 0, body('q f Q'))), 'changes.forbidden');
  });

  test('form resources that are the page\'s too, with a missing name filled in', () => {
    const base = readFixture('cong-van-xa.pdf');
    const number = open(base).size;
    const prepared = updatePdf(base, (file, update) => {
      const page = pageOf(file);
      const resources = file.get(page.dict, 'Resources');
      assert.ok(resources.kind === 'dict');
      update.put(update.allocate(), 0, resources);
      update.put(page.num, page.gen, withEntries(page.dict, { Resources: pdfRef(number) }));
      update.put(rootOf(file).num, rootOf(file).gen, withEntries(file.catalog, { AcroForm: pdfDict({ Fields: pdfArray([]), DR: pdfRef(number) }) }));
    });
    return expectInvalid(updatePdf(signPdf(prepared, pki, 'leader'), (file, update) => {
      const resources = file.readObject(number);
      assert.ok(resources.kind === 'dict');
      const picture = update.allocate();
      update.put(picture, 0, stream('BT ET'));
      update.put(number, 0, withEntries(resources, { XObject: pdfDict({ Missing: pdfRef(picture) }) }));
    }), 'changes.forbidden');
  });

  test('a stream that calls itself a signature widget', async () => {
    const report = await judge(updatePdf(signed, (file, update) => {
      const field = update.allocate();
      update.put(field, 0, Buffer.from('<</Type/Annot/Subtype/Widget/FT/Sig/T(x)/Rect[0 0 1 1]/Length 5>>\nstream\nBT ET\nendstream', 'latin1'));
      addField(file, update, field);
    }));
    assert.equal(report.verdict, 'invalid');
  });

  test('object streams count as in use, and so does what they need to be read', () => {
    const file = open(readFixture('quyet-dinh-linearized-objstm.pdf'));
    const { referrers } = walkReferences(file);
    const containers = [...referrers.keys()].flatMap((num) => {
      const entry = file.findEntry(num);
      return entry?.kind === 'compressed' ? [entry.container] : [];
    });
    assert.ok(containers.length > 0);
    assert.ok(containers.every((num) => referrers.has(num)));
  });
});

describe('a picture that says other than the value', () => {
  const draw = (update: PdfUpdate, text: string): number => {
    const picture = update.allocate();
    const content = `BT /F 9 Tf (${text}) Tj ET`;
    update.put(picture, 0, Buffer.from(`<</Type/XObject/Subtype/Form/BBox[0 0 50 10]/Length ${content.length}>>\nstream\n${content}\nendstream`, 'latin1'));
    return picture;
  };
  const prepared = (shown: string | null): { readonly bytes: Uint8Array; readonly number: number } => {
    let number = 0;
    const bytes = updatePdf(readFixture('cong-van-xa.pdf'), (file, update) => {
      number = update.allocate();
      const field = textField('');
      assert.ok(field.kind === 'dict');
      update.put(number, 0, shown === null ? field : withEntries(field, { AP: pdfDict({ N: pdfRef(draw(update, shown)) }) }));
      addField(file, update, number);
    });
    return { bytes: signPdf(bytes, pki, 'leader'), number };
  };
  const refill = ({ bytes, number }: ReturnType<typeof prepared>, value: string | null): Uint8Array => updatePdf(bytes, (file, update) => {
    const field = file.readObject(number);
    assert.ok(field.kind === 'dict');
    update.put(number, 0, withEntries(field, { AP: pdfDict({ N: pdfRef(draw(update, '15')) }), ...(value === null ? {} : { V: pdfText(value) }) }));
  });

  test('is content, a value with its picture is not', async () => {
    assert.equal((await judge(refill(prepared(null), '15'))).verdict, 'valid-extended');
    assert.equal((await judge(refill(prepared(null), null))).verdict, 'changed');
    assert.equal((await judge(refill(prepared('1.000.000'), '15'))).verdict, 'changed');
  });
});

test('many small signatures that cover a page together are content', async () => {
  let bytes = signed;
  for (let i = 0; i < 3; i += 1) bytes = signPdf(bytes, pki, 'office', { name: `B${i}`, widget: { Rect: pdfArray([0, 200 * i, 200, 200 * i + 190].map(pdfNumber)) } });
  const report = await judge(bytes);
  assert.equal(report.signatures[0]?.verdict, 'changed', JSON.stringify(report, null, 1));
});

describe('bytes outside every revision', () => {
  test('after the end', () => expectInvalid(Buffer.concat([signed, Buffer.from('thêm')]), 'structure.trailing-bytes'));

  test('an object without a cross-reference, with the old startxref repeated', async () => {
    const file = open(signed);
    const tail = `${pageOf(file).num} 0 obj\n<</Type/Page>>\nendobj\nstartxref\n${file.startXref}\n%%EOF\n`;
    await expectInvalid(Buffer.concat([signed, Buffer.from(tail)]), 'structure.trailing-bytes');
  });

  test('an object hidden between those of a lawful update', async () => {
    const lawful = updatePdf(signed, (file, update) => update.put(update.allocate(), 0, file.get(file.trailer, 'Info')));
    const at = Buffer.from(lawful).indexOf('endobj', signed.length) + 7;
    const hidden = Buffer.from('7 0 obj\n<<>>\nendobj\n');
    const moved = Buffer.from(lawful.subarray(at)).toString('latin1').replace(/startxref\n(\d+)/, (_, offset: string) => `startxref\n${Number(offset) + hidden.length}`);
    const report = await judge(Buffer.concat([lawful.subarray(0, at), hidden, Buffer.from(moved, 'latin1')]));
    assert.ok(!['valid', 'valid-extended'].includes(report.verdict), JSON.stringify(report, null, 1));
  });

  test('a hybrid update that shows old and new readers different pages', async () => {
    const file = open(signed);
    const contents = entryOf(pageOf(file).dict, 'Contents');
    assert.ok(contents.kind === 'ref');
    const body = Buffer.concat([Buffer.from(`${contents.num} 0 obj\n`), stream('BT ET'), Buffer.from('\nendobj\n')]);
    const row = Buffer.alloc(7);
    row[0] = 1;
    row.writeUInt32BE(signed.length, 1);
    const hiddenAt = signed.length + body.length;
    const hidden = Buffer.concat([Buffer.from(`${file.size} 0 obj\n<</Type/XRef/Size ${file.size + 1}/W[1 4 2]/Index[${contents.num} 1]/Length 7>>\nstream\n`), row, Buffer.from('\nendstream\nendobj\n')]);
    const tableAt = hiddenAt + hidden.length;
    const table = `xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size ${file.size + 1}/Root ${rootOf(file).num} 0 R/Prev ${file.startXref}/XRefStm ${hiddenAt}>>\nstartxref\n${tableAt}\n%%EOF\n`;
    const report = await judge(Buffer.concat([signed, body, hidden, Buffer.from(table)]));
    assert.equal(report.verdict, 'invalid', JSON.stringify(report, null, 1));
    assert.ok(codes(report).includes('structure.two-readings'));
    assert.ok(codes(report).includes('changes.forbidden'));
  });

  test('white space alone changes nothing', async () => assert.equal((await judge(Buffer.concat([signed, Buffer.from('\n \n')]))).verdict, 'valid'));
});

describe('the signature itself forged', () => {
  test('in each form of a missing, null, empty, negative or short entry', async () => {
    const original = open(signed);
    const field = original.get(original.get(original.catalog, 'AcroForm'), 'Fields');
    assert.ok(field.kind === 'array' && field.items[0] !== undefined);
    const value = entryOf(original.resolve(field.items[0]), 'V');
    const dict = original.resolve(value);
    assert.ok(value.kind === 'ref' && dict.kind === 'dict');
    const range = entryOf(dict, 'ByteRange');
    assert.ok(range.kind === 'array');
    const forms: Readonly<Record<string, PdfObject | null>>[] = [
      { ByteRange: null }, { ByteRange: pdfNull }, { ByteRange: pdfArray([]) }, { ByteRange: pdfArray(range.items.slice(0, 2)) },
      { ByteRange: pdfArray([0, -1, 2, -3].map(pdfNumber)) }, { ByteRange: pdfArray([0, 10, 20, 30].map(pdfNumber)) },
      { Contents: null }, { Contents: pdfNull }, { Contents: pdfString(new Uint8Array(0), true) }, { Contents: pdfString(new Uint8Array([0]), true) }, { SubFilter: pdfName('none') },
    ];
    for (const form of forms) {
      const report = await judge(updatePdf(signed, (_, update) => update.put(value.num, value.gen, withEntries(dict, form))));
      assert.equal(report.verdict, 'invalid', JSON.stringify([form, report], null, 1));
    }
  });

  test('with the same forms in a file that was never signed honestly', async () => {
    for (const entries of [{}, { ByteRange: pdfNull }, { ByteRange: pdfArray([0, 0, 0, 0].map(pdfNumber)), Contents: pdfString(Buffer.from('00', 'hex'), true) }, { Contents: pdfString(Buffer.from('3000', 'hex'), true), ByteRange: pdfArray([0, 1, 2, 3].map(pdfNumber)) }]) {
      const report = await judge(updatePdf(readFixture('phu-luc.pdf'), (file, update) => addSignatureField(file, update, pdfDict({ Type: pdfName('Sig'), SubFilter: pdfName('adbe.pkcs7.detached'), ...entries }))));
      assert.equal(report.verdict, 'invalid', JSON.stringify(report, null, 1));
    }
  });

  test('with two signers in one CMS', async () => {
    const report = await judge(signPdf(readFixture('phu-luc.pdf'), pki, 'leader', { cms: ['-signer', 'office.pem', '-inkey', 'office.key'] }));
    assert.equal(report.verdict, 'invalid');
    assert.ok(codes(report).includes('cms.several-signers'));
  });

  test('shared by two fields', () => expectInvalid(updatePdf(signed, (file, update) => {
    const fields = file.get(file.get(file.catalog, 'AcroForm'), 'Fields');
    assert.ok(fields.kind === 'array' && fields.items[0] !== undefined);
    const copy = update.allocate();
    const field = file.resolve(fields.items[0]);
    assert.ok(field.kind === 'dict');
    update.put(copy, 0, withEntries(field, { T: pdfText('copy') }));
    addField(file, update, copy);
  }), 'signature.shared'));

  test('taken off the form', () => expectInvalid(updatePdf(signed, (file, update) => {
    update.put(rootOf(file).num, rootOf(file).gen, withEntries(file.catalog, { AcroForm: null }));
  }), 'signature.redefined'));

  test('copied into another document', async () => {
    const other = updatePdf(readFixture('phu-luc.pdf'), (file, update) => {
      const source = open(signed);
      const fields = source.get(source.get(source.catalog, 'AcroForm'), 'Fields');
      assert.ok(fields.kind === 'array' && fields.items[0] !== undefined);
      addSignatureField(file, update, source.get(source.resolve(fields.items[0]), 'V'));
    });
    assert.equal((await judge(other)).verdict, 'invalid');
  });

  test('that does not reach the end of its revision', async () => {
    const report = await judge(signPdf(readFixture('phu-luc.pdf'), pki, 'leader', { byteRange: ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 20] }));
    assert.equal(report.verdict, 'invalid');
    assert.equal(report.signatures[0]?.coverage, 'partial');
  });
});

function withAnnotation(bytes: Uint8Array, entries: Readonly<Record<string, PdfObject>>): Uint8Array {
  return updatePdf(bytes, (file, update) => {
    const page = pageOf(file);
    const list = file.get(page.dict, 'Annots');
    const added = update.allocate();
    update.put(added, 0, pdfDict(entries));
    update.put(page.num, page.gen, withEntries(page.dict, { Annots: pdfArray([...(list.kind === 'array' ? list.items : []), pdfRef(added)]) }));
  });
}

function addSignatureField(file: PdfFile, update: PdfUpdate, value: PdfObject): void {
  const field = update.allocate();
  update.put(field, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Widget'), FT: pdfName('Sig'), T: pdfText('S'), Rect: pdfArray([0, 0, 0, 0].map(pdfNumber)), V: value }));
  addField(file, update, field);
}

function textField(value: string): PdfObject {
  return pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Widget'), FT: pdfName('Tx'), T: pdfText('so'), V: pdfText(value), Rect: pdfArray([10, 10, 60, 20].map(pdfNumber)) });
}

function docMdp(permission: number): PdfObject {
  return pdfArray([pdfDict({ Type: pdfName('SigRef'), TransformMethod: pdfName('DocMDP'), TransformParams: pdfDict({ Type: pdfName('TransformParams'), P: pdfNumber(permission), V: pdfName('1.2') }) })]);
}

function fontRefs(file: PdfFile): readonly number[] {
  const fonts = file.get(file.get(pageOf(file).dict, 'Resources'), 'Font');
  return fonts.kind === 'dict' ? [...fonts.entries.values()].flatMap((each) => (each.kind === 'ref' ? [each.num] : [])) : [];
}
