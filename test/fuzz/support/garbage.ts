import fc from 'fast-check';
import { tellingNames } from './mutations.ts';

// Files that nobody wrote: a PDF's grammar with chance in the place of sense.

const name = fc.constantFrom(...tellingNames).map((each) => `/${each}`);
const number = fc.oneof(fc.nat({ max: 20 }).map(String), fc.integer().map(String), fc.constantFrom('-0', '1e9', '.', '--5', '99999999999', '0.0001'));
const reference = fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 1 })).map(([num, gen]) => `${num} ${gen} R`);
const leaf = fc.oneof(name, number, reference, fc.constantFrom('null', 'true', 'false', '()', '(a(b)c)', '(\\)', '<>', '<4', '<41>', '%x\n', '>>', ']', 'R', 'obj'));

const { value } = fc.letrec<{ value: string; list: string; dict: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { weight: 6, arbitrary: leaf }, { weight: 1, arbitrary: tie('list') }, { weight: 2, arbitrary: tie('dict') }),
  list: fc.array(tie('value'), { maxLength: 6 }).map((items) => `[${items.join(' ')}]`),
  dict: fc.array(fc.tuple(name, tie('value')), { maxLength: 6 }).map((entries) => `<<${entries.map((each) => each.join(' ')).join(' ')}>>`),
}));

const stream = fc.tuple(value, fc.uint8Array({ maxLength: 60 }), fc.oneof(fc.constant(null), fc.nat({ max: 80 }))).map(([dict, data, length]) => `<<${dict.replace(/^<<|>>$/g, '')} /Length ${length ?? data.length}>>\nstream\n${Buffer.from(data).toString('latin1')}\nendstream`);
const known = fc.constantFrom(
  '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R 5 0 R]>>>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>',
  '<</FT /Sig /T (a) /V 6 0 R>>', '<</Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [0 10 20 30] /Contents <30030201>>>', '<</Type /Sig /Filter /Adobe.PPKLite /ByteRange [] /Contents ()>>',
);

/** Objects 1 to n; those of an honest file among them, so that reading goes further than the first byte. */
export const garbageArbitrary: fc.Arbitrary<Buffer> = fc.record({
  objects: fc.array(fc.oneof({ weight: 4, arbitrary: known }, { weight: 2, arbitrary: value }, { weight: 1, arbitrary: stream }), { minLength: 1, maxLength: 10 }),
  honest: fc.boolean(),
  section: fc.constantFrom('right', 'right', 'wrong', 'none'),
  trailer: value,
  noise: fc.string({ maxLength: 20 }),
}).map(({ objects, honest, section, trailer, noise }) => {
  const bodies = honest ? ['<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R 5 0 R]>>>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>', ...objects] : objects;
  let text = '%PDF-1.7\n';
  const rows = bodies.map((body, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(section === 'wrong' ? at + i : at).padStart(10, '0')} 00000 n\r\n`;
  });
  const start = text.length;
  if (section !== 'none') text += `xref\n0 ${rows.length + 1}\n0000000000 65535 f\r\n${rows.join('')}`;
  text += `trailer\n<</Size ${rows.length + 1} /Root 1 0 R ${trailer.startsWith('<<') ? trailer.slice(2) : '>>'}\nstartxref\n${start}\n%%EOF\n${honest ? '' : noise}`;
  return Buffer.from(text, 'latin1');
});
