import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createCanonicalWriter, documentContext } from '../../src-shared/edxml/canonical.ts';
import { defaultReadLimits } from '../../src-shared/edxml/limits.ts';
import { createXmlScanner } from '../../src-shared/edxml/xml-scanner.ts';
import { createRandom, randomXml } from './support/random-xml.ts';

const folder = mkdtempSync(join(tmpdir(), 'edxml-c14n-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const byHand: readonly string[] = [
  '<a/>',
  '<?xml version="1.0"?>\n<?before x?>\n<!-- c -->\n<a  b = "1"   a="2"><!-- in --><?pi?><?pi  data ?></a >\n<!-- after --><?end e?>\n',
  '<a xmlns="u:1" xmlns:p="u:2"><b xmlns=""><c xmlns="u:1" xmlns:p="u:2"/></b><p:d xmlns:p="u:3" p:x="1" x="2"/></a>',
  '<a xmlns:b="u:z" xmlns:c="u:a" b:n="1" c:n="2" n="3" xml:lang="vi"/>',
  '<a t="&#9;&#10;&#13;&quot;&lt;&amp;&gt;\' \t\n\r\n x">&#13;\r\n\r&gt;&lt;&amp;"<![CDATA[<&>]]>]]&gt;</a>',
  '\u{feff}<a>Quyết định số 15/QĐ-UBND \u{1f600}\u{10ffff}</a>',
  '<a xmlns:x="u:x" x:\u{20000}="1" x:\u{ff21}="2"><x:b/></a>',
  '<p:a xmlns:p="u:p"><b><p:c p:d="1"/></b></p:a>',
];

function canonical(xml: Buffer, exclusive: boolean, pieceBytes: number): Buffer {
  const pieces: Buffer[] = [];
  const write = createCanonicalWriter({ exclusive, comments: true, inclusivePrefixes: [] }, documentContext, (bytes) => pieces.push(Buffer.from(bytes)));
  const scanner = createXmlScanner(defaultReadLimits, () => false, write);
  for (let at = 0; at < xml.length; at += pieceBytes) scanner.push(xml.subarray(at, at + pieceBytes));
  scanner.end();
  return Buffer.concat(pieces);
}

function assertSame(xml: string, name: string): void {
  const bytes = Buffer.from(xml);
  const file = join(folder, `${name}.xml`);
  writeFileSync(file, bytes);
  for (const exclusive of [false, true]) {
    const expected = execFileSync('xmllint', [exclusive ? '--exc-c14n' : '--c14n', '--nonet', file], { stdio: ['ignore', 'pipe', 'ignore'] });
    for (const pieceBytes of [1, 5, 4096]) assert.equal(canonical(bytes, exclusive, pieceBytes).toString(), expected.toString(), `${exclusive ? 'exclusive' : 'inclusive'}, pieces of ${pieceBytes}: ${xml}`);
  }
}

test('what is known to be hard comes out as xmllint writes it, byte for byte, however the document is cut', () => {
  for (const [at, xml] of byHand.entries()) assertSame(xml, `hand-${at}`);
});

test('three hundred documents of chance come out as xmllint writes them', () => {
  const seed = 20_160_401;
  console.log(`seed ${seed}`);
  const random = createRandom(seed);
  const seen = { comments: 0, undeclared: 0, attributes: 0 };
  for (let at = 0; at < 300; at += 1) {
    const xml = randomXml(random);
    if (xml.includes('<!--')) seen.comments += 1;
    if (xml.includes('xmlns=""')) seen.undeclared += 1;
    if (/ [a-z]+:[a-z]+=/.test(xml)) seen.attributes += 1;
    assertSame(xml, `random-${at}`);
  }
  assert.ok(Object.values(seen).every((count) => count > 30), `the generator makes what it is for: ${JSON.stringify(seen)}`);
});
