import { Columns2, History, LocateFixed } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SignatureReport } from '../../../src-shared/contract/verification.ts';
import { useI18n, useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { VerdictIcon, verdictTone } from '../documents/pills.tsx';
import { ChangeList } from './change-list.tsx';
import { findingsOf } from './findings.ts';
import { hasEarlier, isWorthComparing, laterChanges } from './later-changes.ts';
import { signatureFacts, timeOf } from './signature-facts.ts';
import type { SignatureDeeds } from './deeds.ts';

type SignatureCardProps = { readonly signature: SignatureReport; readonly index: number; readonly chosen: boolean; readonly deeds: SignatureDeeds };

/** One signature: its verdict, who and when in a glance; what is not in order stands open, the rest is a fold away. */
export function SignatureCard({ signature, index, chosen, deeds }: SignatureCardProps) {
  const { t, locale } = useI18n();
  const card = useRef<HTMLElement>(null);
  const tone = verdictTone(signature.verdict);
  const good = tone === 'ok';
  const name = signature.signer?.commonName || t('signatures.unknownSigner');
  const changes = laterChanges(signature);
  const [open, folded] = good ? [[], changes] : [changes.filter((change) => change.tone !== 'calm'), changes.filter((change) => change.tone === 'calm')];
  const findings = findingsOf(signature);
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <article ref={card} className={`card card-${tone}${chosen ? ' card-chosen' : ''}`} aria-label={name} aria-current={chosen ? true : undefined}>
      <VerdictIcon verdict={signature.verdict} />
      <div className="card-body">
        <h3>{name}</h3>
        <p className={`card-verdict text-${tone}`}>{t(`signatures.verdict.${signature.verdict}`)}</p>
        <p>{timeOf(signature.time, t)}</p>
        {open.length > 0 && <ChangeList heading={t('signatures.changedHeading')} changes={open} onShow={deeds.onShow} />}
        {!good && <Findings messages={findings.open} />}
        <CardButtons signature={signature} index={index} deeds={deeds} folded={good ? 'unfolded' : 'all'} />
        <details>
          <summary>{t('signatures.details')}</summary>
          <dl className="card-facts">
            {signatureFacts(signature, t, locale).map(({ key, lines }) => (
              <div key={key}><dt>{t(`signatures.fact.${key}`)}</dt>{lines.map((line) => <dd key={line}>{line}</dd>)}</div>
            ))}
          </dl>
          {folded.length > 0 && <ChangeList heading={null} changes={folded} onShow={deeds.onShow} />}
          <Findings messages={good ? [...findings.open, ...findings.folded] : findings.folded} />
          {!signature.place && <p>{t('marks.invisible')}</p>}
          {good && <CardButtons signature={signature} index={index} deeds={deeds} folded="folded" />}
        </details>
      </div>
    </article>
  );
}

function Findings({ messages }: { readonly messages: readonly string[] }) {
  return messages.length > 0 && <ul>{messages.map((message) => <li key={message}>{message}</li>)}</ul>;
}

type CardButtonsProps = Omit<SignatureCardProps, 'chosen'> & { /** Of a good signature the earlier version is a fold away. */ readonly folded: 'all' | 'folded' | 'unfolded' };

function CardButtons({ signature, index, deeds, folded }: CardButtonsProps) {
  const t = useT();
  const { place } = signature;
  const { onChoose, onEarlier, onCompare } = deeds;
  const buttons = [
    folded !== 'folded' && onCompare && isWorthComparing(signature) && <Button key="compare" size="small" icon={Columns2} onPress={() => onCompare(index)}>{t('signatures.compare')}</Button>,
    folded !== 'folded' && place && onChoose && <Button key="page" kind="quiet" size="small" icon={LocateFixed} onPress={() => onChoose(index)}>{t('marks.goTo', { page: place.page })}</Button>,
    folded !== 'unfolded' && hasEarlier(signature) && onEarlier && <Button key="earlier" kind="quiet" size="small" icon={History} onPress={() => onEarlier(index)}>{t('signatures.earlier')}</Button>,
  ].filter(Boolean);
  return buttons.length > 0 && <div className="card-buttons">{buttons}</div>;
}
