import { useEffect } from 'react';
import { useBridge } from '../bridge/use-query.ts';
import { useT } from '../i18n/context.tsx';
import { useToast } from '../ui/toast.tsx';
import { goTo } from './route.ts';
import { useSettings } from './settings.tsx';

/** Tells of new documents: in the window with a way there, and by the system when nobody looks. A system notice shows a count, never a title: others may see the screen. */
export function Notices() {
  const t = useT();
  const say = useToast();
  const bridge = useBridge();
  const { settings: { notices } } = useSettings();
  useEffect(
    () => bridge.on('documents.arrived', ({ ids }) => {
      const words = t('notice.arrived', { count: ids.length });
      const open = (): void => goTo('incoming', ids[0] ?? null);
      if (!document.hidden) return say(words, { label: t('notice.open'), run: open });
      if (!notices || !('Notification' in window) || Notification.permission !== 'granted') return;
      const notice = new Notification(t('app.name'), { body: words, tag: 'van-thu.arrived' });
      notice.addEventListener('click', () => {
        window.focus();
        open();
      });
    }),
    [bridge, say, t, notices],
  );
  return null;
}
