import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const includes = join(import.meta.dirname, '../../../node_modules/pkcs11js/includes/pkcs11');

/** Compiles the shim into `dir`; null with the compiler's words where there is none (pkcs11js needs the same one). */
export function buildShim(dir: string): { readonly path: string } | { readonly problem: string } {
  const path = join(dir, 'libshim.so');
  for (const compiler of ['cc', 'gcc', 'g++', 'clang']) {
    const language = compiler === 'g++' ? ['-fpermissive', '-w'] : [];
    const built = spawnSync(compiler, [...language, '-shared', '-fPIC', '-O1', '-I', includes, '-o', path, join(import.meta.dirname, 'shim.c'), '-ldl'], { encoding: 'utf8' });
    if (built.error !== undefined) continue;
    return existsSync(path) ? { path } : { problem: built.stderr };
  }
  return { problem: 'no C compiler on this machine' };
}
