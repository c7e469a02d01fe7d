import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ChangeReport, SignatureReport } from '../../../src-shared/contract/verification.ts';
import { entryOf, pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfString, pdfText, textOf, withEntries, type PdfDict, type PdfFile, type PdfObject, type PdfRef, type PdfUpdate } from '../../../src-main/pdf/index.ts';
import { fieldNames, formByHand } from '../../lawful/support/form-papers.ts';
import { open, readFixture, signPdf, updatePdf, verify } from './make-pdf.ts';
import { createTestPki, ecKey, type TestPki } from './pki.ts';

let pki: TestPki;
let letter: Uint8Array;
let decision: Uint8Array;
let form: Uint8Array;
before(() => {
  pki = createTestPki();
  pki.issue('leader', { key: ecKey });
  letter = signPdf(readFixture('cong-van-xa.pdf'), pki, 'leader');
  decision = signPdf(readFixture('quyet-dinh.pdf'), pki, 'leader');
  form = signPdf(formByHand(), pki, 'leader');
});
after(() => pki.remove());

async function judge(bytes: Uint8Array): Promise<SignatureReport> {
  const report = await verify(bytes, [pki.root]);
  assert.ok(report.signatures[0] !== undefined, JSON.stringify(report));
  return report.signatures[0];
}

async function changesOf(bytes: Uint8Array): Promise<readonly ChangeReport[]> {
  return (await judge(bytes)).changesAfter.changes;
}

function sentences(changes: readonly ChangeReport[]): readonly string[] {
  return changes.map(({ message }) => message);
}

function pageAt(file: PdfFile, index: number): NonNullable<ReturnType<PdfFile['findPage']>> {
  const page = file.findPage(index);
  assert.ok(page !== null);
  return page;
}

function dictAt(file: PdfFile, object: PdfObject): { readonly ref: PdfRef; readonly dict: PdfDict } {
  assert.ok(object.kind === 'ref');
  const dict = file.resolve(object);
  assert.ok(dict.kind === 'dict');
  return { ref: object, dict };
}

function treeOf(file: PdfFile): { readonly ref: PdfRef; readonly dict: PdfDict; readonly kids: readonly PdfObject[] } {
  const tree = dictAt(file, entryOf(file.catalog, 'Pages'));
  const kids = file.get(tree.dict, 'Kids');
  assert.ok(kids.kind === 'array');
  return { ...tree, kids: kids.items };
}

const stream = (content: string, entries = ''): Uint8Array => Buffer.from(`<<${entries}/Length ${content.length}>>\nstream\n${content}\nendstream`, 'latin1');

/** One more annotation on a page. */
function annotate(bytes: Uint8Array, index: number, entries: Readonly<Record<string, PdfObject>>): Uint8Array {
  return updatePdf(bytes, (file, update) => {
    const page = pageAt(file, index);
    const num = update.allocate();
    update.put(num, 0, pdfDict({ Type: pdfName('Annot'), Rect: pdfArray([72, 72, 144, 144].map(pdfNumber)), ...entries }));
    const list = file.get(page.dict, 'Annots');
    update.put(page.num, page.gen, withEntries(page.dict, { Annots: pdfArray([...(list.kind === 'array' ? list.items : []), pdfRef(num)]) }));
  });
}

describe('a page', () => {
  test('whose content is another says so by its number, and names the object beside it', async () => {
    const changed = updatePdf(decision, (file, update) => {
      const contents = entryOf(pageAt(file, 1).dict, 'Contents');
      assert.ok(contents.kind === 'ref');
      update.put(contents.num, 0, stream('BT ET'));
    });
    const [first] = await changesOf(changed);
    assert.match(first?.message ?? '', /^Nội dung trang 2 bị thay \(đối tượng \d+\)\.$/);
    assert.deepEqual([first?.kind, first?.page, first?.place], ['forbidden', 2, null]);
  });

  test('that points at other content, has another size or is turned says which', async () => {
    const changed = updatePdf(decision, (file, update) => {
      const page = pageAt(file, 2);
      const other = update.allocate();
      update.put(other, 0, stream('BT ET'));
      update.put(page.num, page.gen, withEntries(page.dict, { Contents: pdfRef(other), Rotate: pdfNumber(90), CropBox: pdfArray([0, 0, 100, 100].map(pdfNumber)) }));
    });
    assert.deepEqual(sentences(await changesOf(changed)).toSorted(), ['Chiều xoay của trang 3 bị thay.', 'Khổ giấy của trang 3 bị thay.', 'Nội dung trang 3 bị thay.']);
  });

  test('taken out, added or moved is told by its number', async () => {
    const kids = (change: (kids: readonly PdfObject[], update: PdfUpdate) => readonly PdfObject[]): Uint8Array => updatePdf(decision, (file, update) => {
      const tree = treeOf(file);
      const next = change(tree.kids, update);
      update.put(tree.ref.num, tree.ref.gen, withEntries(tree.dict, { Kids: pdfArray(next), Count: pdfNumber(next.length) }));
    });
    assert.deepEqual(sentences(await changesOf(kids((pages) => [pages[0]!, pages[1]!, pages[3]!]))), ['Trang 3 bị xóa.']);
    const added = kids((pages, update) => {
      const num = update.allocate();
      update.put(num, 0, pdfDict({ Type: pdfName('Page'), Parent: entryOf(open(decision).catalog, 'Pages'), MediaBox: pdfArray([0, 0, 595, 842].map(pdfNumber)) }));
      return [...pages, pdfRef(num)];
    });
    assert.deepEqual(sentences(await changesOf(added)), ['Trang 5 được thêm vào sau khi ký.']);
    assert.deepEqual(sentences(await changesOf(kids((pages) => [pages[1]!, pages[0]!, pages[2]!, pages[3]!]))), ['Trang 1, 2 bị chuyển chỗ.']);
  });

  test('whose font or image is another is one of the pages that are named', async () => {
    const changed = updatePdf(decision, (file, update) => {
      const fonts = file.get(file.get(pageAt(file, 0).dict, 'Resources'), 'Font');
      assert.ok(fonts.kind === 'dict');
      const [font] = [...fonts.entries.values()];
      assert.ok(font?.kind === 'ref');
      update.put(font.num, font.gen, pdfDict({ Type: pdfName('Font'), Subtype: pdfName('Type1'), BaseFont: pdfName('Courier') }));
    });
    const [first] = await changesOf(changed);
    assert.match(first?.message ?? '', /^Phông chữ dùng ở trang 1(?:, \d)* bị thay \(đối tượng \d+\)\.$/);
    assert.equal(first?.page, 1);
  });
});

describe('an annotation', () => {
  test('is called by what a clerk calls it, with its place in millimetres from the top left', async () => {
    for (const [subtype, name] of [['Stamp', 'con dấu hoặc hình đóng lên trang'], ['FreeText', 'ô chữ'], ['Ink', 'nét vẽ tay'], ['Link', 'liên kết'], ['FileAttachment', 'tệp đính kèm'], ['Text', 'ghi chú'], ['Redact', 'vùng che nội dung'], ['Unheard', 'chú thích loại Unheard']] as const) {
      const [first, ...others] = await changesOf(annotate(decision, 3, { Subtype: pdfName(subtype) }));
      assert.equal(first?.message, `Thêm ${name} (trang 4).`);
      assert.deepEqual([first.kind, first.page, others.length], ['content-added', 4, 0]);
      const top = pageAt(open(decision), 3).cropBox[3];
      assert.deepEqual(first.place, { page: 4, xMm: 25.4, yMm: Math.round((top - 144) * 25.4 / 72 * 100) / 100, widthMm: 25.4, heightMm: 25.4 });
    }
  });

  test('with its window is one sentence; a window put on a note that was there is its own', async () => {
    const withWindow = updatePdf(letter, (file, update) => {
      const page = pageAt(file, 0);
      const [note, window] = [update.allocate(), update.allocate()];
      const rect = pdfArray([72, 72, 144, 144].map(pdfNumber));
      update.put(note, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Text'), Rect: rect, Popup: pdfRef(window) }));
      update.put(window, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Popup'), Rect: rect, Parent: pdfRef(note) }));
      const list = file.get(page.dict, 'Annots');
      update.put(page.num, page.gen, withEntries(page.dict, { Annots: pdfArray([...(list.kind === 'array' ? list.items : []), pdfRef(note), pdfRef(window)]) }));
    });
    assert.deepEqual(sentences(await changesOf(withWindow)), ['Thêm ghi chú (trang 1).']);
    const noted = signPdf(withWindow, pki, 'leader', { name: 'Signature2' });
    const again = updatePdf(noted, (file, update) => {
      const page = pageAt(file, 0);
      const list = file.get(page.dict, 'Annots');
      assert.ok(list.kind === 'array');
      const note = list.items.find((item) => entryOf(file.resolve(item), 'Subtype').kind === 'name' && file.get(file.resolve(item), 'Popup').kind === 'dict');
      const window = update.allocate();
      update.put(window, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Popup'), Rect: pdfArray([0, 0, 9, 9].map(pdfNumber)), Parent: note ?? pdfRef(1) }));
      update.put(page.num, page.gen, withEntries(page.dict, { Annots: pdfArray([...list.items, pdfRef(window)]) }));
    });
    const report = await verify(again, [pki.root]);
    assert.deepEqual(report.signatures[1]?.changesAfter.changes.map(({ message }) => message), ['Thêm cửa sổ ghi chú (trang 1).']);
  });

  test('taken off is forbidden, and amber where the signer certified with P=3', async () => {
    const noted = annotate(readFixture('phu-luc.pdf'), 1, { Subtype: pdfName('Stamp') });
    const takeOff = (bytes: Uint8Array): Uint8Array => updatePdf(bytes, (file, update) => {
      const page = pageAt(file, 1);
      update.put(page.num, page.gen, withEntries(page.dict, { Annots: null }));
    });
    const plain = await judge(takeOff(signPdf(noted, pki, 'leader')));
    assert.deepEqual([plain.verdict, sentences(plain.changesAfter.changes)], ['invalid', ['Gỡ con dấu hoặc hình đóng lên trang có sẵn (trang 2).']]);
    const certified = await judge(takeOff(signPdf(noted, pki, 'leader', { entries: { Reference: certification(3) } })));
    assert.deepEqual([certified.verdict, certified.changesAfter.changes[0]?.kind], ['changed', 'content-added']);
  });

  test('of many of a kind ends in a number, and what is worst comes first', async () => {
    const crowded = updatePdf(annotate(letter, 0, { Subtype: pdfName('Ink') }), (file, update) => {
      const page = pageAt(file, 0);
      const list = file.get(page.dict, 'Annots');
      const added = Array.from({ length: 60 }, (_, i) => {
        const num = update.allocate();
        update.put(num, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName(`Kind${i}`), Rect: pdfArray([i, i, i + 9, i + 9].map(pdfNumber)) }));
        return pdfRef(num);
      });
      update.put(page.num, page.gen, withEntries(page.dict, { Annots: pdfArray([...(list.kind === 'array' ? list.items : []), ...added]), Rotate: pdfNumber(180) }));
    });
    const changes = await changesOf(crowded);
    assert.equal(changes[0]?.message, 'Chiều xoay của trang 1 bị thay.');
    assert.equal(changes.at(-1)?.message, 'Và 21 thay đổi khác cùng loại.');
    assert.equal(changes.length, 1 + 40 + 1);
    assert.equal(new Set(sentences(changes)).size, changes.length);
  });
});

function certification(level: number): PdfObject {
  return pdfArray([pdfDict({ Type: pdfName('SigRef'), TransformMethod: pdfName('DocMDP'), TransformParams: pdfDict({ Type: pdfName('TransformParams'), P: pdfNumber(level), V: pdfName('1.2') }) })]);
}

describe('a field', () => {
  const rewrite = (bytes: Uint8Array, name: string, change: (dict: PdfDict, update: PdfUpdate, file: PdfFile) => PdfDict): Uint8Array => updatePdf(bytes, (file, update) => {
    const fields = file.get(file.get(file.catalog, 'AcroForm'), 'Fields');
    assert.ok(fields.kind === 'array');
    const field = fields.items.map((item) => dictAt(file, item)).find(({ dict }) => textOf(entryOf(dict, 'T')) === name);
    assert.ok(field !== undefined, name);
    update.put(field.ref.num, field.ref.gen, change(field.dict, update, file));
  });
  /** Filled by a program that draws `content` with Helvetica. */
  const filled = (value: string, content: string, resources = '/Font<</Helv<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>', name: string = fieldNames.text) => rewrite(form, name, (dict, update) => {
    const num = update.allocate();
    update.put(num, 0, stream(content, `/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<<${resources}>>`));
    return withEntries(dict, { V: pdfText(value), AP: pdfDict({ N: pdfRef(num) }) });
  });
  const verdictOf = async (bytes: Uint8Array): Promise<readonly unknown[]> => {
    const { verdict, changesAfter } = await judge(bytes);
    return [verdict, ...sentences(changesAfter.changes)];
  };

  test('that shows its value is filled; letters apart, in pieces, with a border and a ground are the same letters', async () => {
    for (const content of ['BT /Helv 10 Tf 2 5 Td (1.000) Tj ET', '/Tx BMC q 1 g 0 0 200 20 re f Q BT /Helv 10 Tf [(1.) -20 (0) (00)] TJ ET EMC', 'BT /Helv 10 Tf (1) Tj (.) Tj (000) Tj ET', '']) {
      assert.deepEqual(await verdictOf(filled('1.000', content)), ['valid-extended', 'Điền trường “ho_ten” (trang 1).'], content);
    }
  });

  test('that shows other letters than its value says is amber, also where some are out of sight', async () => {
    for (const content of ['BT /Helv 10 Tf (9.000) Tj ET', 'BT /Helv 10 Tf (1.000) Tj (000) Tj ET', 'BT /Helv 10 Tf 3 Tr (1.000) Tj 0 Tr (9.000) Tj ET']) {
      assert.deepEqual((await verdictOf(filled('1.000', content))).slice(0, 2), ['changed', 'Trường “ho_ten” hiện chữ khác giá trị của nó (trang 1).'], content);
    }
    assert.deepEqual((await verdictOf(filled('', 'BT /Helv 10 Tf (9.000) Tj ET'))).slice(0, 2), ['changed', 'Trường “ho_ten” hiện chữ khác giá trị của nó (trang 1).']);
  });

  test('that shows a picture, or letters of a font that says nothing of itself, is amber', async () => {
    assert.equal((await verdictOf(filled('1', 'q 200 0 0 20 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q')))[1], 'Trường “ho_ten” hiện hình vẽ thay vì chữ (trang 1).');
    const nameless = '/Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>>>';
    assert.equal((await verdictOf(filled('1', 'BT /F 10 Tf <0013> Tj ET', nameless)))[1], 'Chữ hiện trong trường “ho_ten” không đọc được để so với giá trị của nó (trang 1).');
  });

  test('is read through the map of its font, whatever its codes are', async () => {
    const map = 'begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <0110> endbfchar 1 beginbfrange <0002> <0004> <0061> endbfrange endcmap';
    const withMap = (value: string): Uint8Array => rewrite(form, fieldNames.text, (dict, update) => {
      const [num, cmap] = [update.allocate(), update.allocate()];
      update.put(cmap, 0, stream(map));
      update.put(num, 0, stream('BT /F 10 Tf <0001000200030004> Tj ET', `/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode ${cmap} 0 R/DescendantFonts[<<>>]>>>>>>`));
      return withEntries(dict, { V: pdfText(value), AP: pdfDict({ N: pdfRef(num) }) });
    });
    assert.equal((await verdictOf(withMap('Đabc')))[0], 'valid-extended');
    assert.equal((await verdictOf(withMap('Đabd')))[0], 'changed');
  });

  test('that is ticked shows the tick that is its value', async () => {
    const ticked = (value: string, state: string): Uint8Array => rewrite(form, fieldNames.tick, (dict) => withEntries(dict, { V: pdfName(value), AS: pdfName(state) }));
    assert.equal((await verdictOf(ticked('Yes', 'Yes')))[0], 'valid-extended');
    assert.deepEqual((await verdictOf(ticked('Off', 'Yes'))).slice(0, 2), ['changed', 'Ô đánh dấu “dong_y” hiện khác giá trị của nó (trang 1).']);
    assert.equal((await verdictOf(ticked('Yes', 'Off')))[0], 'changed');
    const swapped = rewrite(form, fieldNames.tick, (dict, update) => {
      const num = update.allocate();
      update.put(num, 0, stream('2 2 m 12 12 l S', '/Type/XObject/Subtype/Form/BBox[0 0 14 14]/Resources<<>>'));
      return withEntries(dict, { AP: pdfDict({ N: pdfDict({ Yes: pdfRef(num), Off: pdfRef(num) }) }) });
    });
    assert.equal((await verdictOf(swapped))[0], 'changed');
  });

  test('moved, renamed or given a command is forbidden, in words', async () => {
    for (const [change, says] of [[{ Rect: pdfArray([0, 0, 99, 99].map(pdfNumber)) }, 'bị dời chỗ hoặc đổi cỡ'], [{ T: pdfText('khac') }, 'bị đổi tên'], [{ AA: pdfDict({}) }, 'bị gắn lệnh tự chạy']] as const) {
      assert.deepEqual((await verdictOf(rewrite(form, fieldNames.text, (dict) => withEntries(dict, { ...change })))).slice(0, 2), ['invalid', `Trường “ho_ten” ${says} (trang 1).`]);
    }
  });

  test('written over is amber, also where the certifier allows filling; a note there is not allowed', async () => {
    const valued = rewrite(formByHand(), fieldNames.text, (dict) => withEntries(dict, { V: pdfText('1.000') }));
    const over = (bytes: Uint8Array): Uint8Array => rewrite(bytes, fieldNames.text, (dict) => withEntries(dict, { V: pdfText('9.000') }));
    const certified = signPdf(valued, pki, 'leader', { entries: { Reference: certification(2) } });
    for (const bytes of [over(signPdf(valued, pki, 'leader')), over(certified)]) assert.deepEqual((await verdictOf(bytes)).slice(0, 2), ['changed', 'Trường “ho_ten” đã có nội dung nay bị ghi lại (trang 1).']);
    const noted = await judge(annotate(certified, 0, { Subtype: pdfName('Ink') }));
    assert.deepEqual([noted.verdict, noted.changesAfter.changes[0]?.message], ['invalid', 'Thêm nét vẽ tay (trang 1), trong khi người ký không cho phép.']);
  });

  test('that was locked is filled or signed by nobody; others are', async () => {
    const lock = (action: string, names: readonly string[]): PdfObject => pdfDict({ Type: pdfName('SigFieldLock'), Action: pdfName(action), Fields: pdfArray(names.map((name) => pdfText(name))) });
    const fill = (bytes: Uint8Array): Uint8Array => rewrite(bytes, fieldNames.text, (dict) => withEntries(dict, { V: pdfText('x') }));
    const signedWith = (entry: PdfObject): Uint8Array => signPdf(formByHand(), pki, 'leader', { fieldEntries: { Lock: entry } });
    for (const entry of [lock('Include', [fieldNames.text]), lock('Exclude', [fieldNames.tick]), lock('All', [])]) {
      const report = await judge(fill(signedWith(entry)));
      assert.deepEqual([report.verdict, report.changesAfter.changes[0]?.message], ['invalid', 'Điền trường “ho_ten” (trang 1), trong khi người ký không cho phép.'], JSON.stringify(entry));
    }
    for (const entry of [lock('Include', [fieldNames.tick]), lock('Exclude', [fieldNames.text])]) assert.equal((await judge(fill(signedWith(entry)))).verdict, 'valid-extended');
    // a lock on all fields is on those that were there
    assert.equal((await judge(signPdf(signedWith(lock('All', [])), pki, 'leader', { name: 'Signature2' }))).verdict, 'valid-extended');
  });

  test('asked to be drawn anew by every viewer is no finding while each shows its value', async () => {
    const asked = (bytes: Uint8Array): Uint8Array => updatePdf(bytes, (file, update) => {
      const [root, held] = [entryOf(file.trailer, 'Root'), file.get(file.catalog, 'AcroForm')];
      assert.ok(root.kind === 'ref' && held.kind === 'dict');
      update.put(root.num, root.gen, withEntries(file.catalog, { AcroForm: withEntries(held, { NeedAppearances: { kind: 'boolean', value: true } }) }));
    });
    assert.equal((await judge(asked(form))).verdict, 'valid-extended');
    const lies = filled('1.000', 'BT /Helv 10 Tf (9.000) Tj ET');
    const report = await judge(asked(signPdf(lies, pki, 'leader', { name: 'Signature2' })));
    assert.ok(report.changesAfter.changes.some(({ message }) => message.includes('NeedAppearances')), JSON.stringify(report.changesAfter));
  });
});

test('a crowd of lawful changes hides no forbidden one', async () => {
  const many = updatePdf(readFixture('cong-van-xa.pdf'), (file, update) => {
    const page = pageAt(file, 0);
    const root = entryOf(file.trailer, 'Root');
    assert.ok(root.kind === 'ref');
    const fields = Array.from({ length: 700 }, (_, i) => {
      const num = update.allocate();
      update.put(num, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Widget'), FT: pdfName('Tx'), T: pdfText(`f${i}`), P: pdfRef(page.num), Rect: pdfArray([0, i, 20, i + 1].map(pdfNumber)) }));
      return pdfRef(num);
    });
    update.put(page.num, page.gen, withEntries(page.dict, { Annots: pdfArray(fields) }));
    update.put(root.num, root.gen, withEntries(file.catalog, { AcroForm: pdfDict({ Fields: pdfArray(fields), DA: pdfString(Buffer.from('/Helv 0 Tf')) }) }));
  });
  const changed = updatePdf(signPdf(many, pki, 'leader'), (file, update) => {
    const fields = file.get(file.get(file.catalog, 'AcroForm'), 'Fields');
    assert.ok(fields.kind === 'array');
    for (const item of fields.items.slice(0, 700)) {
      const { ref, dict } = dictAt(file, item);
      update.put(ref.num, ref.gen, withEntries(dict, { V: pdfText('x') }));
    }
    const contents = entryOf(pageAt(file, 0).dict, 'Contents');
    assert.ok(contents.kind === 'ref');
    update.put(contents.num, 0, stream('BT ET'));
  });
  const report = await judge(changed);
  assert.equal(report.verdict, 'invalid');
  assert.match(report.changesAfter.changes[0]?.message ?? '', /^Nội dung trang 1 bị thay/);
});

test('a signature with an opaque frame is content, however small it is; one whose picture is scaled down to a corner is none', async () => {
  const withLook = (picture: string): Uint8Array => {
    const drawn = updatePdf(letter, (_, update) => update.put(update.allocate(), 0, Buffer.from(`<</Type/XObject/Subtype/Form/BBox[0 0 100 50]/Length ${picture.length}>>\nstream\n${picture}\nendstream`, 'latin1')));
    return signPdf(drawn, pki, 'leader', { name: 'B', widget: { AP: pdfDict({ N: pdfRef(open(letter).size) }) } });
  };
  assert.equal((await judge(withLook('1 g 0 0 100 50 re f BT /F 9 Tf (9.000.000) Tj ET'))).verdict, 'changed');
  assert.equal((await judge(withLook('q .05 0 0 .05 0 0 cm 0 0 100 50 re f Q'))).verdict, 'valid-extended');
  assert.equal((await judge(withLook('0 0 100 50 re S'))).verdict, 'valid-extended');
});
