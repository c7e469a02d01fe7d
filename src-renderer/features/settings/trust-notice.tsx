import { useEffect } from 'react';
import { useBridge } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { showPart } from './show-part.ts';

/** Whom the office believes does not change in silence: what the server changed is told wherever the person is. */
export function TrustNotice() {
  const t = useT();
  const say = useToast();
  const bridge = useBridge();
  useEffect(
    () => bridge.on('trust.changed', ({ by }) => {
      if (by === 'server') say(t('trust.notice'), { label: t('trust.noticeOpen'), run: () => showPart('trust') });
    }),
    [bridge, say, t],
  );
  return null;
}
