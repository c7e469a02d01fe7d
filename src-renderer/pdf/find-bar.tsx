import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/context.tsx';
import { IconButton } from '../ui/button.tsx';
import type { Engine } from './engine.ts';

/** pdf.js' own numbers for how a search stands (FindState). */
const pending = 3;
const notFound = 1;

type Found = { readonly state: number; readonly current: number; readonly total: number };
type FoundEvent = { readonly state?: number; readonly matchesCount: { readonly current: number; readonly total: number } };

type FindBarProps = { readonly engine: Engine; readonly onClose: () => void; /** Grows each time Ctrl+F is pressed. */ readonly asked: number };

/** Finds words in the document, with or without their marks. Every page is searched, those not yet drawn as well. */
export function FindBar({ engine, onClose, asked }: FindBarProps) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found | null>(null);

  useEffect(() => field.current?.select(), [asked]);
  useEffect(() => {
    const tell = (event: FoundEvent): void => setFound((was) => ({ state: event.state ?? was?.state ?? pending, ...event.matchesCount }));
    engine.events.on('updatefindcontrolstate', tell);
    engine.events.on('updatefindmatchescount', tell);
    return () => {
      engine.events.off('updatefindcontrolstate', tell);
      engine.events.off('updatefindmatchescount', tell);
      engine.events.dispatch('findbarclose', { source: engine });
    };
  }, [engine]);

  function search(words: string, type: '' | 'again', findPrevious: boolean): void {
    engine.events.dispatch('find', { source: engine, type, query: words, caseSensitive: false, entireWord: false, highlightAll: true, matchDiacritics: false, findPrevious });
  }
  const step = (back: boolean): void => {
    if (query.trim() !== '') search(query, 'again', back);
  };

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const forward = event.key === 'F3' || (event.key === 'Enter' && event.target === field.current);
    if (forward) step(event.shiftKey);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // F3 goes on from the page as well as from the field.
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const { container } = engine.viewer;
    const onF3 = (event: KeyboardEvent): void => {
      if (event.key !== 'F3') return;
      event.preventDefault();
      latest.current(event.shiftKey);
    };
    container.addEventListener('keydown', onF3);
    return () => container.removeEventListener('keydown', onF3);
  }, [engine]);

  return (
    <div className="find-bar" role="search" aria-label={t('viewer.find')} onKeyDown={onKeyDown}>
      <input
        ref={field}
        className="input find-input"
        aria-label={t('viewer.findField')}
        placeholder={t('viewer.findField')}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          if (event.target.value.trim() === '') setFound(null);
          search(event.target.value.trim() === '' ? '' : event.target.value, '', false);
        }}
      />
      <span className="find-count" role="status">{query.trim() === '' ? '' : wordsFor(found)}</span>
      <IconButton label={t('viewer.findPrevious')} icon={ChevronUp} disabled={!found?.total} onPress={() => step(true)} />
      <IconButton label={t('viewer.findNext')} icon={ChevronDown} disabled={!found?.total} onPress={() => step(false)} />
      <IconButton label={t('action.close')} icon={X} onPress={onClose} />
    </div>
  );

  function wordsFor(now: Found | null): string {
    if (now?.total) return t('viewer.found', { current: Math.max(1, now.current), total: now.total });
    if (!now || now.state === pending) return t('viewer.finding');
    if (now.state === notFound && !engine.find.mayHaveText(engine.pdf.numPages)) return t('viewer.noText');
    return t('viewer.notFound');
  }
}
