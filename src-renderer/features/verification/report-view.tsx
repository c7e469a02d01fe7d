import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import { useT } from '../../i18n/context.tsx';
import { Note } from '../../ui/note.tsx';
import type { SignatureDeeds } from './deeds.ts';
import { SignatureCard } from './signature-card.tsx';

type ReportViewProps = { readonly report: Pick<VerificationReport, 'signatures' | 'problems'>; readonly chosen: number | null; readonly deeds: SignatureDeeds };

/** A report as cards, one a signature, and what is wrong with the file as a whole. */
export function ReportView({ report, chosen, deeds }: ReportViewProps) {
  const t = useT();
  return (
    <>
      {report.signatures.length === 0 && report.problems.length === 0 && <p className="quiet">{t('signatures.none')}</p>}
      {report.signatures.map((signature, index) => <SignatureCard key={`${index} ${signature.field}`} signature={signature} index={index} chosen={index === chosen} deeds={deeds} />)}
      {report.problems.map((problem) => <Note key={problem.code} tone="warn">{problem.message}</Note>)}
    </>
  );
}
