import { useId, type ReactNode } from 'react';
import { useWords, type Words } from './words.ts';

/** A chapter of the gallery. */
export function Chapter({ name, children }: { readonly name: Words; readonly children: ReactNode }) {
  const w = useWords();
  const id = useId();
  return (
    <section className="chapter" aria-labelledby={id}>
      <h2 id={id}>{w(name)}</h2>
      <div className="chapter-body">{children}</div>
    </section>
  );
}

/** One primitive in some states, with a word on what they are. */
export function Specimen({ name, wide = false, children }: { readonly name: Words; readonly wide?: boolean; readonly children: ReactNode }) {
  const w = useWords();
  return (
    <div className={`specimen${wide ? ' specimen-wide' : ''}`}>
      <h3>{w(name)}</h3>
      <div className="specimen-body">{children}</div>
    </div>
  );
}
