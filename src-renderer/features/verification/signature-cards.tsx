import { LocateFixed } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SignatureReport } from '../../../src-shared/contract/verification.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { VerdictIcon, verdictTone } from '../documents/pills.tsx';

type SignatureCardsProps = {
  readonly id: DocumentId;
  readonly chosen?: number | null;
  /** Lights the signature's rectangle on its page; left out where the pages show no marks. */
  readonly onChoose?: (index: number) => void;
};

/** Every signature of the document, in the order they were made; each says what was found and what was not looked at. */
export function SignatureCards({ id, chosen = null, onChoose }: SignatureCardsProps) {
  const t = useT();
  const { data, error, fetching } = useQuery('verification.report', { id });
  const report = data?.report;
  return (
    <section>
      <h2>{t('signatures.heading')}</h2>
      <ErrorNote error={error} />
      {!data && fetching && <div className="card-waiting" role="status" aria-label={t('signatures.checking')} />}
      {data && !report && <p className="quiet">{t('signatures.notHere')}</p>}
      {report && report.signatures.length === 0 && <p className="quiet">{t('signatures.none')}</p>}
      {report?.signatures.map((signature, index) => (
        <SignatureCard key={`${index} ${signature.field}`} signature={signature} chosen={index === chosen} onChoose={onChoose && (() => onChoose(index))} />
      ))}
      {report?.problems.map((problem) => <Note key={problem.code} tone="warn">{problem.message}</Note>)}
    </section>
  );
}

type SignatureCardProps = { readonly signature: SignatureReport; readonly chosen: boolean; readonly onChoose: (() => void) | undefined };

function SignatureCard({ signature, chosen, onChoose }: SignatureCardProps) {
  const t = useT();
  const card = useRef<HTMLElement>(null);
  const tone = verdictTone(signature.verdict);
  // What is good is said in short; what is not stands open, with everything that was found.
  const [lines, more] = tone === 'ok' ? [linesOf(signature, t), [changesOf(signature, t)]] : [[...linesOf(signature, t), changesOf(signature, t)], []];
  const details = [...new Set([...more, ...signature.changesAfter.changes.map(({ message }) => message), ...signature.problems.map((problem) => problem.message)])];
  const name = signature.signer?.commonName || t('signatures.unknownSigner');
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <article ref={card} className={`card card-${tone}${chosen ? ' card-chosen' : ''}`} aria-label={name} aria-current={chosen ? true : undefined}>
      <VerdictIcon verdict={signature.verdict} />
      <div>
        <h3>{name}</h3>
        <p className={`card-verdict text-${tone}`}>{t(`signatures.verdict.${signature.verdict}`)}</p>
        {lines.map((line) => <p key={line}>{line}</p>)}
        {!signature.place && <p>{t('marks.invisible')}</p>}
        {details.length > 0 && (
          <details open={tone !== 'ok'}>
            <summary>{t('signatures.details', { count: details.length })}</summary>
            <ul>{details.map((detail) => <li key={detail}>{detail}</li>)}</ul>
          </details>
        )}
        {signature.place && onChoose && <Button kind="quiet" size="small" icon={LocateFixed} onPress={onChoose}>{t('marks.goTo', { page: signature.place.page })}</Button>}
      </div>
    </article>
  );
}

function changesOf({ changesAfter }: SignatureReport, t: Translate): string {
  return t(`signatures.changes.${changesAfter.status}`);
}

function timeOf(time: SignatureReport['time'], t: Translate): string {
  if (time === null) return t('signatures.noTime');
  const at = formatInstant(time.at);
  if (time.claimed !== undefined) return t('signatures.timeStampedLater', { claimed: formatInstant(time.claimed), time: at });
  return t(time.proven ? 'signatures.timeProven' : 'signatures.timeClaimed', { time: at });
}

/** Who and when; whole or not; and trust, said apart from all of it. */
function linesOf({ signer, time, integrity, coverage, revision, trust, level }: SignatureReport, t: Translate): readonly string[] {
  const organization = signer && signer.organization !== signer.commonName ? signer.organization : '';
  return [
    ...(organization ? [organization] : []),
    timeOf(time, t),
    `${t(`signatures.integrity.${integrity}`)}, ${t(`signatures.coverage.${coverage}`, revision)}`,
    `${t(`signatures.trust.${trust.status}`)}, ${t(`signatures.revocation.${trust.revocation}`)}`,
    ...(level === 'unknown' ? [] : [t(`level.${level}`)]),
  ];
}
