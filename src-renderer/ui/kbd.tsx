import { partsOf } from './use-key-press.ts';

/** A key, or keys pressed together: `Ctrl+K`, `Alt+1`, `F5`. For eyes; whoever hears the screen gets it from `aria-keyshortcuts` or the help. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className="kbd" aria-hidden>{partsOf(keys).join(' ')}</kbd>;
}
