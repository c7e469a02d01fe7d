import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { SignatureReport } from '../../../src-shared/contract/verification.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { VerdictIcon, verdictTone } from '../documents/pills.tsx';

/** Every signature of the document, in the order they were made; each says what was found and what was not looked at. */
export function SignatureCards({ id }: { readonly id: DocumentId }) {
  const t = useT();
  const { data, error, fetching } = useQuery('verification.report', { id });
  const report = data?.report;
  return (
    <section>
      <h2>{t('signatures.heading')}</h2>
      <ErrorNote error={error} />
      {!data && fetching && <p className="quiet">{t('signatures.checking')}</p>}
      {data && !report && <p className="quiet">{t('signatures.notHere')}</p>}
      {report && report.signatures.length === 0 && <p className="quiet">{t('signatures.none')}</p>}
      {report?.signatures.map((signature, index) => <SignatureCard key={`${index} ${signature.field}`} signature={signature} />)}
      {report?.problems.map((problem) => <Note key={problem.code} tone="warn">{problem.message}</Note>)}
    </section>
  );
}

function SignatureCard({ signature }: { readonly signature: SignatureReport }) {
  const t = useT();
  const tone = verdictTone(signature.verdict);
  const details = [...new Set([...signature.changesAfter.details, ...signature.problems.map((problem) => problem.message)])];
  const name = signature.signer?.commonName || t('signatures.unknownSigner');
  return (
    <article className={`card card-${tone}`} aria-label={name}>
      <VerdictIcon verdict={signature.verdict} />
      <div>
        <h3>{name}</h3>
        <p className={`card-verdict text-${tone}`}>{t(`signatures.verdict.${signature.verdict}`)}</p>
        {linesOf(signature, t).map((line) => <p key={line}>{line}</p>)}
        {details.length > 0 && (
          // What was found is open at once wherever the verdict is not good.
          <details open={tone !== 'ok'}>
            <summary>{t('signatures.details', { count: details.length })}</summary>
            <ul>{details.map((detail) => <li key={detail}>{detail}</li>)}</ul>
          </details>
        )}
      </div>
    </article>
  );
}

/** Who and when; whole or not; what came after; and trust, said apart from all of it. */
function linesOf({ signer, time, integrity, coverage, revision, changesAfter, trust }: SignatureReport, t: Translate): readonly string[] {
  const when = time ? t(time.proven ? 'signatures.timeProven' : 'signatures.timeClaimed', { time: formatInstant(time.at) }) : t('signatures.noTime');
  const organization = signer && signer.organization !== signer.commonName ? signer.organization : '';
  return [
    [organization, when].filter(Boolean).join(' · '),
    `${t(`signatures.integrity.${integrity}`)}, ${t(`signatures.coverage.${coverage}`, revision)}`,
    t(`signatures.changes.${changesAfter.status}`),
    `${t(`signatures.trust.${trust.status}`)}, ${t(`signatures.revocation.${trust.revocation}`)}`,
  ];
}
