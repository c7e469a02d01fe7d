import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Debian's libitext5-java: the engine family of the signing tool in use. */
export const itextJar = '/usr/share/java/itext5.jar';

/** False, or why what needs iText is left out. */
export const skipWithoutItext: false | string = existsSync(itextJar) ? false : 'libitext5-java is not installed';

export type ItextSignature = { readonly name: string; readonly revision: number; readonly coversWhole: boolean; readonly subFilter: string; readonly integrity: string };
export type ItextOpinion = { readonly revisions: number; readonly signatures: readonly ItextSignature[] } | { readonly error: string };

const source = (name: string): string => fileURLToPath(new URL(`./java/${name}.java`, import.meta.url));
const exported = ['pkcs', 'timestamp', 'x509'].flatMap((name) => ['--add-exports', `java.base/sun.security.${name}=ALL-UNNAMED`]);

/** Files by their path, judged in one start of Java. `work` is a folder for the compiled program. */
export async function askItext(files: readonly { readonly path: string; readonly password?: string | undefined }[], work: string): Promise<ReadonlyMap<string, ItextOpinion>> {
  const classes = join(work, 'itext-classes');
  if (!existsSync(classes)) {
    mkdirSync(classes, { recursive: true });
    execFileSync('javac', [...exported, '-nowarn', '-cp', itextJar, '-d', classes, source('JudgeItext')], { stdio: 'pipe' });
  }
  const asked = files.map(({ path, password }) => (password === undefined ? path : `${path}\t${password}`)).join('\n');
  return readOpinions(await runJava([...exported, '-XX:TieredStopAtLevel=1', '-cp', `${itextJar}:${classes}`, 'JudgeItext'], `${asked}\n`));
}

function runJava(words: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('java', words, { stdio: ['pipe', 'pipe', 'pipe'] });
    let [said, complained] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
    child.on('error', reject);
    child.on('close', () => (said.endsWith('done\n') ? resolve(said) : reject(new Error(`the judge with iText ended early: ${complained}`))));
    child.stdin.end(input);
  });
}

function readOpinions(said: string): ReadonlyMap<string, ItextOpinion> {
  const opinions = new Map<string, ItextOpinion>();
  let signatures: ItextSignature[] = [];
  for (const line of said.split('\n')) {
    const [kind, first = '', second = '', ...rest] = line.split('\t');
    if (kind === 'error') opinions.set(first, { error: second });
    if (kind === 'file') {
      signatures = [];
      opinions.set(first, { revisions: Number(second), signatures });
    }
    if (kind === 'signature') signatures.push({ name: first, revision: Number(second), coversWhole: rest[0] === 'true', subFilter: rest[1] ?? '', integrity: rest[2] ?? '' });
  }
  return opinions;
}

export type ToolSigning = { readonly input: string; readonly output: string; readonly certificatePem: string; readonly keyPem: string; readonly field: string; readonly certificationLevel: 0 | 1 | 2 | 3; readonly tsaConfig?: string };

/** Signs as the tool in use does: iText 5, leaf certificate only, with a time-stamp under SHA-1 where a TSA is given. */
export function signLikeTool({ input, output, certificatePem, keyPem, field, certificationLevel, tsaConfig }: ToolSigning, cwd: string): void {
  const program = fileURLToPath(new URL('../unit/verification/java/SignItext.java', import.meta.url));
  execFileSync('java', ['-XX:TieredStopAtLevel=1', '-cp', itextJar, program, input, output, certificatePem, keyPem, field, String(certificationLevel), ...(tsaConfig === undefined ? [] : [tsaConfig])], { cwd, stdio: 'pipe' });
}
