import { useState } from 'react';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { CompareVersions } from './compare-versions.tsx';
import type { SignatureDeeds } from './deeds.ts';
import { ReportFoot } from './report-foot.tsx';
import { ReportView } from './report-view.tsx';
import { useReportDeeds } from './use-report-deeds.ts';

type SignatureCardsProps = { readonly id: DocumentId; readonly content: ContentRef; readonly chosen?: number | null; readonly deeds?: SignatureDeeds };

/** Every signature of the document, in the order they were made; each says what was found and what was not looked at. */
export function SignatureCards({ id, content, chosen = null, deeds = {} }: SignatureCardsProps) {
  const t = useT();
  // A window of its own: it needs no pages beside the cards
  const [compared, setCompared] = useState<number | null>(null);
  const { data, error, fetching } = useQuery('verification.report', { id });
  const report = data?.report;
  const foot = useReportDeeds(id);
  const signature = compared === null ? undefined : report?.signatures[compared];
  return (
    <section>
      <h2>{t('signatures.heading')}</h2>
      <ErrorNote error={error} />
      {!data && fetching && <div className="card-waiting" role="status" aria-label={t('signatures.checking')} />}
      {data && !report && <p className="quiet">{t('signatures.notHere')}</p>}
      {report && <ReportView report={report} chosen={chosen} deeds={{ onCompare: setCompared, ...deeds }} />}
      {report && <ReportFoot report={report} more={data.more} kept={data.kept} deeds={foot} />}
      {signature && !deeds.onCompare && <CompareVersions document={id} content={content} signature={signature} onClose={() => setCompared(null)} />}
    </section>
  );
}
