import { execFile } from 'node:child_process';
import { all } from '../../support/judges-batch.ts';
import { askItext } from '../../support/judges-itext.ts';

export const tools = ['pdfsig', 'mutool', 'iText 5'] as const;
export type Tool = (typeof tools)[number];

/** `valid`: each signature that the tool judges is good to it. `whole`: and it says of the last one that it covers the file as it stands. */
export type ToolOpinion = { readonly valid: boolean; readonly whole: boolean };

/** What the three say, by path. A tool that crashes or finds no signature has called nothing valid. */
export async function askTools(paths: readonly string[], work: string): Promise<ReadonlyMap<string, Readonly<Record<Tool, ToolOpinion>>>> {
  const itext = askItext(paths.map((path) => ({ path })), work);
  const others = await all(paths.map((path) => async () => ({ path, pdfsig: readPdfsig(await run('pdfsig', '-nocert', path)), mutool: readMutool(await run('mutool', 'sign', '-v', path)) })));
  const read = await itext;
  return new Map(others.map(({ path, pdfsig, mutool }) => {
    const opinion = read.get(path);
    const signatures = opinion !== undefined && 'signatures' in opinion ? opinion.signatures : [];
    const valid = signatures.length > 0 && signatures.every(({ integrity }) => integrity === 'ok');
    return [path, { pdfsig, mutool, 'iText 5': { valid, whole: valid && signatures.some(({ coversWhole }) => coversWhole) } }];
  }));
}

/** Document time-stamps it does not judge, and says that it does not know their type. */
function readPdfsig(said: string): ToolOpinion {
  const judged = said.split('Signature #').slice(1).filter((each) => !each.includes('- Signature Type: unknown'));
  const valid = judged.length > 0 && judged.every((each) => each.includes('Signature Validation: Signature is Valid.'));
  return { valid, whole: valid && said.includes('- Total document signed') };
}

/** Document time-stamps it takes for fields that are not signed. */
function readMutool(said: string): ToolOpinion {
  const judged = said.split('Verifying signature').slice(1).filter((each) => !each.includes('Signature is not signed.'));
  const unchanged = judged.map((each) => each.includes('The document is unchanged since signing.'));
  const valid = judged.length > 0 && judged.every((each, i) => unchanged[i] === true || each.includes('The signature is valid but there have been edits since signing.'));
  return { valid, whole: valid && unchanged.includes(true) };
}

function run(command: string, ...words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, words, { maxBuffer: 16 * 1024 * 1024, timeout: 60_000, encoding: 'latin1' }, (error, stdout) => {
      if (error?.code === 'ENOENT') reject(error);
      else resolve(error?.signal === null || error === null ? stdout : '');
    });
  });
}
