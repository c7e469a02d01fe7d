import { lazy, Suspense, useCallback, useRef, useState, type ReactNode } from 'react';
import { useCommand } from '../../app/commands.tsx';
import { useT } from '../../i18n/context.tsx';
import type { HelpPanelProps } from './panel.tsx';

// Its words are longer than those of all screens together; they come with the first F1
const Panel = lazy(async () => ({ default: (await import('./panel.tsx')).HelpPanel }));

type Help = { readonly open: () => void; readonly close: (back?: boolean) => void; readonly panel: (props: Omit<HelpPanelProps, 'asked' | 'onClose'>) => ReactNode };

/** F1: help beside the work; once more brings the focus back into it. The focus returns to where it was. */
export function useHelp(): Help {
  const t = useT();
  const [asked, setAsked] = useState(0);
  const before = useRef<HTMLElement | null>(null);

  const open = useCallback(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && !activeElement.closest('.help')) before.current = activeElement;
    setAsked((old) => old + 1);
  }, []);
  const close = useCallback((back = true) => {
    const mayTake = document.activeElement?.closest('.help') ?? document.activeElement === document.body;
    setAsked(0);
    // Once the panel is gone
    if (back && mayTake) setTimeout(() => (before.current?.isConnected === true ? before.current : document.getElementById('content'))?.focus());
  }, []);
  useCommand({ id: 'help', words: t('help.about'), group: 'desk', keys: 'F1', run: open });

  return {
    open,
    close,
    panel: (props) => asked > 0 && <Suspense fallback={<aside className="help help-opening" aria-label={t('help.title')}><p role="status">{t('help.opening')}</p></aside>}><Panel {...props} asked={asked} onClose={close} /></Suspense>,
  };
}
