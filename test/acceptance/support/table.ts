import { judges, type Judged } from './opinions.ts';
import { fixtures, levels, ordinals, profiles, type Case } from './cases.ts';
import { lives, type Life, type Lived } from './steps.ts';

const intro = `# Acceptance: signed files before judges that are not ours

Written by \`test/acceptance/matrix.test.ts\` from what it has just seen; by hand it is never changed. When the test sees anything else than what stands here, it writes the table anew and
fails, so that a change is read and committed, or mended. Nothing in it depends on the day, the machine or the keys.

Every file of \`test/fixtures/pdf\` is signed three times – the leader's image, the organisation's seal over it, a third signature on P-256 that shows name and time – in both
profiles (\`office\`: adbe.pkcs7.detached; \`pades\`: ETSI.CAdES.detached) and at all four levels, each signature taken to its level before the next one is made. No combination is left out.
Keys, time-stamps, OCSP answers and revocation lists come from OpenSSL.

| Judge | Asked | How its answer is read |
|---|---|---|
| pdfsig | \`pdfsig -nocert\` | every signature "is Valid"; ■ = the last one covers the whole file. After B-LT it does not: the proofs (DSS) follow it. Of document time-stamps pdfsig says that it has not verified them, and must find them all |
| OpenSSL | \`openssl cms -verify -cades\`, \`openssl ts -verify\` | every signature over its own byte range, with the chain to the root; ⏱ = every time-stamp, those inside signatures and those of the document |
| qpdf | \`qpdf --check\` | no error and no warning |
| mutool | \`mutool sign -v\` | every signature valid. Of one that anything follows it says that there were edits since, whatever they are; ■ = of the last it says "unchanged since signing". It does not read document time-stamps |
| iText 5 | Debian's \`libitext5-java\` | every signature and document time-stamp (⏱) intact; each closes the revision that is named, of so many; the last covers the whole file but after B-LT. Debian's iText comes without Bouncy Castle: the fields, revisions and ranges are iText's reading, the arithmetic is the JDK's. It knows no AES-256 of revision 6 |
| Văn Thư | our verifier | every signature intact, trusted, changed only lawfully since, and of the level that was asked for |
`;

/** The whole document; the same for the same answers, in whatever order they came. */
export function renderTable(judged: readonly Judged<Case>[], lived: readonly Judged<Lived>[]): string {
  const rows = fixtures.map((fixture) => {
    const own = judged.filter(({ file }) => file.fixture === fixture);
    return `| ${fixture} | ${own.length} | ${judges.map((judge) => summary(own.filter(({ opinions }) => opinions[judge].ok && !opinions[judge].says.startsWith('cannot')).length, own.length)).join(' | ')} |`;
  });
  const details = fixtures.map((fixture) => `### ${fixture}\n\n| Profile | Level | Signature | ${judges.join(' | ')} |\n|---|---|---|${judges.map(() => '---|').join('')}\n${detailRows(judged, fixture).join('\n')}\n`);
  return `${intro}\n## One row a file\n\n| File | Signed | ${judges.join(' | ')} |\n|---|---|${judges.map(() => '---|').join('')}\n${rows.join('\n')}\n\n${livesTable(lived)}\n\n## Every signed file\n\n${details.join('\n')}`;
}

const livesIntro = `## The steps of an office

The same files through a whole life, at B-B in the profile \`office\`, judged after the last step.

| Life | Steps |
|---|---|
| prepared | fields for number, date, leader and seal; ký duyệt and phát hành into them; then, received elsewhere, dấu đến, bút phê, sao y |
| unprepared | ký duyệt; phát hành with number and date in the seal's own appearance (one more signature where they stand on another page than the seal); dấu đến, bút phê, sao y |
| annex | the mark of a phụ lục alone |
`;

function livesTable(lived: readonly Judged<Lived>[]): string {
  const row = (fixture: string, life: Life): readonly string[] => {
    const found = lived.find(({ file }) => file.fixture === fixture && file.life === life);
    return found === undefined ? [] : [`| ${fixture} | ${life} | ${judges.map((judge) => `${found.opinions[judge].ok ? '' : '✗ '}${found.opinions[judge].says}`).join(' | ')} |`];
  };
  const rows = fixtures.flatMap((fixture) => lives.flatMap((life) => row(fixture, life)));
  return `${livesIntro}\n| File | Life | ${judges.join(' | ')} |\n|---|---|${judges.map(() => '---|').join('')}\n${rows.join('\n')}`;
}

function summary(good: number, of: number): string {
  return good === of ? `${good} ✓` : good === 0 ? '–' : `${good} of ${of} ✗`;
}

function detailRows(judged: readonly Judged<Case>[], fixture: string): readonly string[] {
  return profiles.flatMap((profile) => levels.flatMap((level) => ordinals.flatMap((ordinal) => {
    const found = judged.find(({ file }) => file.fixture === fixture && file.profile === profile && file.level === level && file.ordinal === ordinal);
    if (found === undefined) return [];
    const cells = judges.map((judge) => `${found.opinions[judge].ok ? '' : '✗ '}${found.opinions[judge].says}`);
    return [`| ${profile} | ${level} | ${ordinal} | ${cells.join(' | ')} |`];
  })));
}
