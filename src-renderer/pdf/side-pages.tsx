import { useEffect, useState } from 'react';
import { useT } from '../i18n/context.tsx';
import type { Engine } from './engine.ts';
import { Outline, type OutlineNode } from './outline.tsx';
import { Thumbnails } from './thumbnails.tsx';
import type { ViewState } from './use-engine.ts';

export type SideTab = 'pages' | 'outline';
const tabs: readonly SideTab[] = ['pages', 'outline'];

type SidePagesProps = { readonly engine: Engine; readonly view: ViewState; readonly tab: SideTab; readonly onTab: (tab: SideTab) => void };

/** Beside the pages: all of them small, or the document's own headings. */
export function SidePages({ engine, view, tab, onTab }: SidePagesProps) {
  const t = useT();
  const outline = useOutline(engine);
  return (
    <div className="viewer-side" role="region" aria-label={t('viewer.side')}>
      <div className="viewer-side-tabs" role="group" aria-label={t('viewer.side')}>
        {tabs.map((one) => (
          <button key={one} type="button" className="viewer-side-tab" aria-pressed={tab === one} onClick={() => onTab(one)}>{t(`viewer.tab.${one}`)}</button>
        ))}
      </div>
      {tab === 'pages' && <Thumbnails engine={engine} view={view} />}
      {tab === 'outline' && outline && outline.length === 0 && <p className="viewer-side-none">{t('viewer.noOutline')}</p>}
      {tab === 'outline' && outline && outline.length > 0 && <Outline nodes={outline} onGo={(dest) => void engine.links.goToDestination(dest)} />}
    </div>
  );
}

function useOutline(engine: Engine): readonly OutlineNode[] | null {
  const [outline, setOutline] = useState<readonly OutlineNode[] | null>(null);
  useEffect(() => {
    let left = false;
    engine.pdf.getOutline().then((nodes) => !left && setOutline((nodes as readonly OutlineNode[] | null) ?? []), () => !left && setOutline([]));
    return () => {
      left = true;
    };
  }, [engine]);
  return outline;
}
