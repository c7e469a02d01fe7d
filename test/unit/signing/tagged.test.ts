import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { createUpdate, entryOf, openPdf, pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfText, withEntries, type PdfDict, type PdfFile, type PdfObject, type PdfRef, type PdfUpdate } from '../../../src-main/pdf/index.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { listFields } from '../../../src-main/signing/form.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import { tablePdf } from '../pdf/make-pdf.ts';
import { assertJudgesAgree, run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-tagged-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

function request(changes: Partial<SignRequest> = {}): SignRequest {
  return { key: pki.leader, profile: 'office', chain: pki.chain, reason: '', location: '', at: new Date(), place: { page: 1, rect: { x: 110, y: 180, width: 50, height: 25 } }, image: readFileSync(new URL('images/chu-ky-lanh-dao.png', fixtures)), ...changes };
}

async function signed(input: Uint8Array, changes: Partial<SignRequest> = {}): Promise<Uint8Array> {
  const result = await engine.sign(bytesSource(input), request(changes));
  assert.ok(result.ok, JSON.stringify(result));
  return Buffer.concat([input, result.value.tail]);
}

const sealed = (input: Uint8Array): Promise<Uint8Array> => signed(input, { key: pki.seal, place: { page: 1, rect: { x: 40, y: 180, width: 36, height: 36 } } });

function open(bytes: Uint8Array): PdfFile {
  const opened = openPdf(bytesSource(bytes));
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

function judge(bytes: Uint8Array): Promise<VerificationReport> {
  return createVerifier().verify(bytesSource(bytes), { anchors: [new Uint8Array(new X509Certificate(readFileSync(pki.rootPem)).raw)], intermediates: [], now: new Date() });
}

function verdicts(report: VerificationReport): readonly string[] {
  return [report.verdict, ...report.signatures.map((each) => each.verdict)];
}

/** A page with one paragraph, tagged; the tree's own shapes are given. */
function tagged(root: string, parentTree: string, more: readonly string[] = []): Uint8Array {
  const content = '/P <</MCID 0>> BDC 0 0 30 30 re f EMC';
  return tablePdf([
    '<</Type /Catalog /Pages 2 0 R /StructTreeRoot 5 0 R /MarkInfo <</Marked true>> /Lang (vi)>>',
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    `<</Type /StructTreeRoot ${root}>>`,
    `<</Type /StructElem /S /P /P ${/8 0 R/.test(root) ? '8' : '5'} 0 R /Pg 3 0 R /K 0>>`,
    parentTree,
    ...more,
  ]);
}

const document = (kids: string): string => `<</Type /StructElem /S /Document /P 5 0 R /K ${kids}>>`;

const trees: Readonly<Record<string, () => Uint8Array>> = {
  'made by Chromium': () => readFileSync(new URL('pdf/giay-moi-chromium.pdf', fixtures)),
  'with a document element of one kid and a flat parent tree': () => tagged('/K 8 0 R /ParentTree 7 0 R /ParentTreeNextKey 1', '<</Nums [0 [6 0 R]]>>', [document('6 0 R')]),
  'with an indirect list of kids and an indirect list of numbers': () => tagged('/K [8 0 R] /ParentTree 7 0 R', '<</Nums 10 0 R>>', [document('9 0 R'), '[6 0 R]', '[0 [6 0 R]]']),
  'with a parent tree of branches': () => tagged('/K [8 0 R] /ParentTree 7 0 R /ParentTreeNextKey 5', '<</Kids [9 0 R 10 0 R]>>', [document('[6 0 R]'), '<</Limits [0 0] /Nums [0 [6 0 R]]>>', '<</Limits [3 4] /Nums [3 6 0 R 4 6 0 R]>>']),
  'with a parent tree inside its root, and no document element': () => tagged('/K 6 0 R /ParentTree <</Nums [0 [6 0 R]]>> /ParentTreeNextKey 1', 'null'),
  'with no parent tree and a next key that is too low': () => tagged('/K [6 0 R] /ParentTreeNextKey 0', 'null'),
};

for (const [name, make] of Object.entries(trees)) {
  test(`a tree ${name}: each widget is a form element that leads there and back, and two signatures stand`, async () => {
    const input = make();
    assert.partialDeepStrictEqual(engine.inspect(bytesSource(input)), { ok: true, value: { tagged: true } });
    const twice = await sealed(await signed(input));
    assertJudgesAgree(folder, twice, 2, pki.rootPem);
    assert.deepEqual(verdicts(await judge(twice)), ['valid-extended', 'valid-extended', 'valid'], JSON.stringify((await judge(twice)).signatures[0], null, 1));
    const file = open(twice);
    const root = file.get(file.catalog, 'StructTreeRoot');
    const keys = new Set<number>();
    for (const { ref, dict } of listFields(file, file.catalog)) {
      const key = entryOf(dict, 'StructParent');
      assert.equal(key.kind, 'number');
      if (key.kind !== 'number') continue;
      keys.add(key.value);
      const element = file.resolve(parentAt(file, entryOf(root, 'ParentTree'), key.value));
      assert.deepEqual(file.get(element, 'S'), pdfName('Form'));
      assert.deepEqual(entryOf(file.get(element, 'K'), 'Obj'), ref);
      const above = entryOf(element, 'P');
      const kids = file.get(file.resolve(above), 'K');
      assert.ok(kids.kind === 'array' && kids.items.some((kid) => file.resolve(kid) === element));
    }
    assert.equal(keys.size, 2);
    const next = file.get(root, 'ParentTreeNextKey');
    assert.ok(next.kind === 'number' && next.value > Math.max(...keys));
    // A reader that is not ours finds both under the tree, and what was there before.
    const shown = run('pdfinfo', ['-struct', join(folder, 'judged.pdf')]).output;
    assert.equal(shown.match(/Form$/gm)?.length, 2, shown);
    // Of a tree without a document element it complains before and after.
    assert.doesNotMatch(shown.replace(/.*(?:StructTreeRoot has more|is wrong type).*/g, ''), /Error|Warning/);
    assert.match(shown, name.includes('Chromium') ? /Document/ : /P \(block\)/);
  });
}

/** The value of a key in a number tree, by a plain walk. */
function parentAt(file: PdfFile, tree: PdfObject, key: number): PdfObject {
  const nums = file.get(file.resolve(tree), 'Nums');
  const kids = file.get(file.resolve(tree), 'Kids');
  if (nums.kind === 'array') {
    const at = nums.items.findIndex((item, i) => i % 2 === 0 && item.kind === 'number' && item.value === key);
    if (at >= 0) return nums.items[at + 1]!;
  }
  for (const kid of kids.kind === 'array' ? kids.items : []) {
    const found = parentAt(file, kid, key);
    if (found.kind !== 'null') return found;
  }
  return { kind: 'null' };
}

test('a prepared letter of Chromium is signed and issued in its own tagged fields, which get no second element', async () => {
  const input = readFileSync(new URL('pdf/giay-moi-chromium.pdf', fixtures));
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok);
  const prepared = await engine.prepare(bytesSource(input), places.value);
  assert.ok(prepared.ok);
  const draft = Buffer.concat([input, prepared.value.tail]);
  const leaders = await signed(draft, { place: places.value.signature });
  const issued = await engine.issue(bytesSource(leaders), { ...request({ key: pki.seal, place: places.value.seal }), number: '15', day: '05', month: '02', places: places.value });
  assert.ok(issued.ok, JSON.stringify(issued));
  const output = Buffer.concat([leaders, issued.value.tail]);
  assertJudgesAgree(folder, output, 2, pki.rootPem);
  assert.equal((await judge(output)).verdict, 'valid-extended');
  const forms = (bytes: Uint8Array): number => listFields(open(bytes), open(bytes).catalog).filter(({ dict }) => dict.entries.has('StructParent')).length;
  assert.ok(forms(draft) >= 2);
  assert.equal(forms(output), forms(draft));
  assert.equal(run('pdfinfo', ['-struct', join(folder, 'judged.pdf')]).output.match(/Form$/gm)?.length, forms(draft));
});

test('a parent tree that turns in circles is neither walked for ever nor called good', async () => {
  const round = tagged('/K [8 0 R] /ParentTree 7 0 R /ParentTreeNextKey 1', '<</Kids [7 0 R 7 0 R 7 0 R]>>', [document('[6 0 R]')]);
  assert.partialDeepStrictEqual(await engine.sign(bytesSource(round), request()), { ok: false, error: { code: 'pdf.broken' } });
  const once = await signed(trees['with a parent tree of branches']!());
  const file = open(once);
  const update = createUpdate(file);
  update.put(7, 0, pdfDict({ Kids: pdfArray([pdfRef(7), pdfRef(7), pdfRef(7)]) }));
  const report = await judge(Buffer.concat([once, update.build().tail]));
  assert.ok(['invalid', 'indeterminate'].includes(report.verdict), report.verdict);
});

test('anything else done to the structure of a signed document is forbidden', async () => {
  const once = await signed(trees['with a parent tree of branches']!());
  const changed = (change: (file: PdfFile, update: PdfUpdate) => void, base = once): Uint8Array => {
    const file = open(base);
    const update = createUpdate(file);
    change(file, update);
    return Buffer.concat([base, update.build().tail]);
  };
  const rewrite = (num: number, changes: Readonly<Record<string, PdfObject | null>>) => (file: PdfFile, update: PdfUpdate): void => {
    const dict = file.readObject(num);
    assert.ok(dict.kind === 'dict');
    update.put(num, 0, withEntries(dict, changes));
  };
  const kidsOf = (file: PdfFile, num: number): readonly PdfObject[] => {
    const kids = file.get(file.readObject(num), 'K');
    return kids.kind === 'array' ? kids.items : [];
  };
  const element = (more: Readonly<Record<string, PdfObject>>): PdfDict => pdfDict({ Type: pdfName('StructElem'), S: pdfName('Form'), P: pdfRef(8), ...more });
  const grown = (more: (file: PdfFile) => Readonly<Record<string, PdfObject>>) => (file: PdfFile, update: PdfUpdate): void => {
    const added = update.allocate();
    update.put(added, 0, element(more(file)));
    rewrite(8, { K: pdfArray([...kidsOf(file, 8), pdfRef(added)]) })(file, update);
  };
  const widgetOf = (file: PdfFile): PdfRef => listFields(file, file.catalog)[0]!.ref;
  const attacks: Readonly<Record<string, (file: PdfFile, update: PdfUpdate) => void>> = {
    'other words for a paragraph': rewrite(6, { ActualText: pdfText('khác') }),
    'another role for a paragraph': rewrite(6, { S: pdfName('Artifact') }),
    'a kid taken out': (file, update) => rewrite(8, { K: pdfArray(kidsOf(file, 8).slice(1)) })(file, update),
    'kids in another order': (file, update) => rewrite(8, { K: pdfArray([...kidsOf(file, 8)].reverse()) })(file, update),
    'a role map': rewrite(5, { RoleMap: pdfDict({ P: pdfName('Artifact') }) }),
    'a new paragraph': grown(() => ({ S: pdfName('P'), ActualText: pdfText('thêm') })),
    'a second element for the old signature': grown((file) => ({ K: pdfDict({ Type: pdfName('OBJR'), Obj: widgetOf(file) }) })),
    'a key of the parent tree that leads elsewhere': rewrite(9, { Nums: pdfArray([pdfNumber(0), pdfArray([pdfRef(8)])]) }),
    'a key of the parent tree for nothing new': (file, update) => {
      const leaf = update.allocate();
      update.put(leaf, 0, pdfDict({ Nums: pdfArray([pdfNumber(99), pdfRef(6)]) }));
      const kids = file.get(file.readObject(7), 'Kids');
      rewrite(7, { Kids: pdfArray([...(kids.kind === 'array' ? kids.items : []), pdfRef(leaf)]) })(file, update);
    },
    'no mark of being tagged': rewrite(1, { MarkInfo: null }),
    'another tree': (file, update) => {
      const other = update.allocate();
      update.put(other, 0, pdfDict({ Type: pdfName('StructTreeRoot') }));
      rewrite(1, { StructTreeRoot: pdfRef(other) })(file, update);
    },
    'no tree at all': rewrite(1, { StructTreeRoot: null }),
  };
  for (const [name, attack] of Object.entries(attacks)) {
    const report = await judge(changed(attack));
    assert.equal(report.verdict, 'invalid', `${name}: ${JSON.stringify(report, null, 1)}`);
    assert.equal(report.signatures[0]?.changesAfter.status, 'forbidden', name);
  }
  // The same, hidden in the very update of a lawful second signature.
  const both = changed(rewrite(6, { ActualText: pdfText('khác') }), await sealed(once));
  assert.equal((await judge(both)).verdict, 'invalid');
  const untagged = await signed(tablePdf(['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>']));
  const forged = changed((file, update) => {
    const root = update.allocate();
    update.put(root, 0, pdfDict({ Type: pdfName('StructTreeRoot') }));
    rewrite(1, { StructTreeRoot: pdfRef(root) })(file, update);
  }, untagged);
  assert.equal((await judge(forged)).verdict, 'invalid');
});
