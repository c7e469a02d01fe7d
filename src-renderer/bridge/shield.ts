import type { Bridge } from '../../src-shared/contract/index.ts';

let held = 0;

/** Keeps the window out of other programs' pictures of the screen until the returned function is called. Several fields may ask for it at once; the browser shell has no such thing. */
export function holdShield(): () => void {
  if (++held === 1) tellShell(true);
  let left = false;
  return () => {
    if (left) return;
    left = true;
    if (--held === 0) tellShell(false);
  };
}

function tellShell(on: boolean): void {
  (globalThis as { readonly window?: { readonly vanThu?: Pick<Bridge, 'shield'> } }).window?.vanThu?.shield(on);
}
