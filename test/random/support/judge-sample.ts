import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerPassword } from '../../generator/make-file.ts';

/**
 * What foreign readers say against a signed file, in words; empty when nothing. qpdf must take it as well as it took the file before: a few lawful
 * forms (an object number that comes back after it was freed, parameters of linearisation without hints) are warned of from the start.
 */
export function complaintsOf(before: Uint8Array, after: Uint8Array, password: string | null, signatures: number): string {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-sample-'));
  try {
    const [was, is] = [join(dir, 'was.pdf'), join(dir, 'is.pdf')];
    writeFileSync(was, before);
    writeFileSync(is, after);
    const qpdf = (file: string): { readonly sound: boolean; readonly said: string } => {
      const done = spawnSync('qpdf', [...(password === null ? [] : [`--password=${password}`]), '--check', file], { encoding: 'utf8', timeout: 60_000 });
      return { sound: done.status === 0, said: done.stdout + done.stderr };
    };
    const checked = qpdf(is);
    const said = spawnSync('pdfsig', ['-nocert', ...(password === null ? [] : [password === ownerPassword ? '-opw' : '-upw', password]), is], { encoding: 'utf8', timeout: 60_000 }).stdout;
    const valid = said.split('Signature Validation: Signature is Valid.').length - 1;
    const whole = said.split('- Total document signed').length - 1;
    return [
      checked.sound || !qpdf(was).sound ? '' : `qpdf: ${checked.said}`,
      valid === signatures && whole === 1 ? '' : `pdfsig finds ${valid} of ${signatures} valid, ${whole} over the whole file:\n${said}`,
    ].join('');
  } finally {
    rmSync(dir, { recursive: true });
  }
}
