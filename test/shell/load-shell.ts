import { registerHooks } from 'node:module';

/** Runs the shell's real `main.ts` with `fake-electron.ts` in Electron's place, once per process as Electron does. */
export async function loadShell(): Promise<void> {
  const fake = new URL('./fake-electron.ts', import.meta.url).href;
  const hooks = registerHooks({ resolve: (specifier, context, next) => (specifier === 'electron' ? { url: fake, shortCircuit: true } : next(specifier, context)) });
  try {
    await import('../../src-main/shell/main.ts');
  } finally {
    hooks.deregister();
  }
}
