import { ArrowLeft } from 'lucide-react';
import { useState, type CSSProperties, type ReactNode } from 'react';
import { useT } from '../i18n/context.tsx';
import { Button } from '../ui/button.tsx';
import { Splitter } from '../ui/splitter.tsx';
import { useSettings } from './settings.tsx';

/** Where the window holds one pane at a time: which one, how the page is opened, and the way back to the list. */
type Narrow = { readonly pane: 'list' | 'page'; readonly open: () => void; readonly back: ReactNode };
type Usual = { readonly list: number; readonly side?: number };

const least = { list: 240, side: 200 } as const;
const most = { list: 640, side: 560 } as const;

/**
 * Widths of a screen's outer panes, as this person left them: `style` goes on the grid (`--pane-list`, `--pane-side`), `splitters` into it.
 * Kept as px at the normal text size, so that larger type widens the panes with itself. `name` is the screen's own, `title` what it is called where one pane hides the list's heading.
 */
export function usePanes(name: string, title: string, usual: Usual): { readonly style: CSSProperties; readonly splitters: ReactNode; readonly narrow: Narrow } {
  const t = useT();
  const [pane, setPane] = useState<'list' | 'page'>('list');
  const { settings, change } = useSettings();
  // While the line is dragged only this screen knows of it
  const [moving, setMoving] = useState<Readonly<Record<string, number>>>({});
  const scale = settings.textSize / 100;
  const widthOf = (pane: 'list' | 'side'): number => moving[pane] ?? settings.panes[`${name}.${pane}`] ?? usual[pane] ?? 0;

  function set(pane: 'list' | 'side', px: number): void {
    const width = Math.round(px / scale);
    setMoving((old) => ({ ...old, [pane]: width }));
    change({ panes: { ...settings.panes, [`${name}.${pane}`]: width } });
  }

  const panes = (['list', 'side'] as const).filter((pane) => usual[pane] !== undefined);
  return {
    narrow: {
      pane,
      open: () => setPane('page'),
      back: <div className="pane-back"><Button size="small" kind="quiet" icon={ArrowLeft} onPress={() => setPane('list')}>{t('panes.back')}</Button><h1>{title}</h1></div>,
    },
    style: Object.fromEntries(panes.map((pane) => [`--pane-${pane}`, `${widthOf(pane) / 16}rem`])),
    splitters: panes.map((pane) => (
      <div key={pane} className={`pane-line pane-line-${pane}`}>
        <Splitter
          label={t(pane === 'list' ? 'panes.list' : 'panes.side')}
          value={widthOf(pane) * scale}
          usual={(usual[pane] ?? 0) * scale}
          min={least[pane] * scale}
          max={most[pane] * scale}
          side={pane === 'list' ? 'before' : 'after'}
          onChange={(px) => set(pane, px)}
        />
      </div>
    )),
  };
}
