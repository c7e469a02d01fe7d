import { attackClasses } from '../../fixtures/attacks/index.ts';
import type { Judged } from './judged.ts';
import { tools, type Tool } from './tools.ts';

export const begin = '<!-- attacks: written by test/attacks/attacks.test.ts -->';
export const end = '<!-- /attacks -->';

const intro = `Each class is made from files that three makers signed: our engine, iText 5 (certified and plain) and poppler's \`pdfsig\`. The numbers say of how many files a tool calls every signature valid;
■ of how many of these it adds that the last signature covers the file as it stands. \`pdfsig -nocert\`, \`mutool sign -v\` and iText 5 are asked about integrity alone, as they are used here: what the classes
\`certificate\` and \`time-stamp\` attack they were not asked to see, and that a file was changed after a signature they leave to whoever reads it.
About files that are ciphertext to a reader they are not asked (–): their answer changes from run to run. The last rows are what nobody attacked: there all should say valid.`;

/** For docs/verification.md; the same for the same answers, in whatever order they came. */
export function renderTable(judged: readonly Judged[]): string {
  const attacked = (name: string): readonly Judged[] => judged.filter((each) => each.class === name && each.kind === 'attack');
  const rows = attackClasses.map(({ name, idea }) => row(`\`${name}\``, idea, attacked(name)));
  const sum = row('**all**', '', judged.filter(({ kind }) => kind === 'attack'));
  const originals = row('untouched', 'signed, nothing after it', judged.filter(({ kind }) => kind === 'original'));
  const controls = row('lawful', 'signed again, fields filled, proofs added, saved anew, CMS written anew', judged.filter(({ kind }) => kind === 'control'));
  const head = `| Class | What is done | Files | Văn Thư: valid | Văn Thư says | ${tools.join(' | ')} |\n|---|---|--:|--:|---|${tools.map(() => '--:|').join('')}`;
  return `${begin}\n${intro}\n\n${head}\n${[...rows, sum, originals, controls].join('\n')}\n${end}`;
}

function row(name: string, idea: string, files: readonly Judged[]): string {
  const good = files.filter(({ verdict }) => isGood(verdict)).length;
  return `| ${name} | ${idea} | ${files.length} | ${good} | ${verdicts(files)} | ${tools.map((tool) => opinion(files, tool)).join(' | ')} |`;
}

const order: readonly Judged['verdict'][] = ['valid', 'valid-extended', 'changed', 'indeterminate', 'invalid', 'unsigned'];

function verdicts(files: readonly Judged[]): string {
  return order.flatMap((verdict) => {
    const count = files.filter((each) => each.verdict === verdict).length;
    return count === 0 ? [] : [`${verdict} ${count}`];
  }).join(', ');
}

function opinion(files: readonly Judged[], tool: Tool): string {
  const asked = files.filter(({ tools: opinions }) => opinions !== null).length;
  const valid = files.filter((each) => each.tools?.[tool].valid === true).length;
  const whole = files.filter((each) => each.tools?.[tool].whole === true).length;
  return `${valid}${whole === 0 ? '' : ` (${whole} ■)`}${asked === files.length ? '' : ` (${files.length - asked} –)`}`;
}

export function isGood(verdict: Judged['verdict']): boolean {
  return verdict === 'valid' || verdict === 'valid-extended';
}
