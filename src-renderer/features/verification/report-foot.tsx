import { CircleHelp, Download, LoaderCircle, Printer, RefreshCw } from 'lucide-react';
import type { KeptReport, VerificationReport } from '../../../src-shared/contract/verification.ts';
import { useI18n, useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { VerdictPill } from '../documents/pills.tsx';
import { whyUnasked } from './signature-facts.ts';
import type { ReportDeeds } from './use-report-deeds.ts';

type ReportFootProps = { readonly report: VerificationReport; readonly more: boolean; readonly kept: readonly KeptReport[]; readonly deeds: ReportDeeds };

/** When it was examined, what is still being asked or could not be, and the report to take along. */
export function ReportFoot({ report, more, kept, deeds }: ReportFootProps) {
  const t = useT();
  if (report.signatures.length === 0 && report.problems.length === 0) return null;
  return (
    <div className="report-foot">
      {more && <p className="report-more" role="status"><LoaderCircle aria-hidden size={14} strokeWidth={2} />{t('report.more')}</p>}
      {!more && <NotAsked report={report} />}
      <p className="quiet">{whenOf(report, t)}</p>
      {deeds.error === 'print' ? <Note tone="bad" live>{t('report.printFailed')}</Note> : <ErrorNote error={deeds.error} />}
      <div className="report-buttons">
        <Button size="small" kind="quiet" icon={RefreshCw} busy={deeds.busy === 'check'} onPress={deeds.check}>{t(deeds.busy === 'check' ? 'report.again.busy' : 'report.again')}</Button>
        <Button size="small" kind="quiet" icon={Download} busy={deeds.busy === 'save'} onPress={() => deeds.save(undefined)}>{t('report.save')}</Button>
        <Button size="small" kind="quiet" icon={Printer} busy={deeds.busy === 'print'} onPress={deeds.print}>{t('report.print')}</Button>
      </div>
      {kept.length > 1 && <Kept kept={kept} onSave={deeds.save} />}
    </div>
  );
}

function whenOf({ checkedAt }: { readonly checkedAt: string | null }, t: ReturnType<typeof useT>): string {
  return checkedAt === null ? t('report.noTime') : t('report.checkedAt', { time: formatInstant(checkedAt) });
}

/** What could not be asked, by its reason: one line for all that the same thing kept from being asked. Their names stand with each signature. */
function NotAsked({ report }: { readonly report: VerificationReport }) {
  const { t, locale } = useI18n();
  const reasons = new Map<string, Set<string>>();
  for (const { thumbprint, status, unasked } of report.signatures.flatMap(({ revocations }) => revocations)) {
    if (status !== 'unproven' || unasked === null) continue;
    reasons.set(unasked, (reasons.get(unasked) ?? new Set()).add(thumbprint));
  }
  if (reasons.size === 0 && report.extent !== 'offline') return null;
  const lines = [...reasons].map(([code, asked]) => t('report.unasked', { count: asked.size, why: whyUnasked(code, t, locale) }));
  return (lines.length > 0 ? lines : [t('report.offline')]).map((line) => <p key={line} className="report-unasked"><CircleHelp aria-hidden size={16} strokeWidth={1.75} /><span>{line}</span></p>);
}

function Kept({ kept, onSave }: { readonly kept: readonly KeptReport[]; readonly onSave: ReportDeeds['save'] }) {
  const t = useT();
  return (
    <details className="report-kept">
      <summary>{t('report.kept', { count: kept.length })}</summary>
      <ul>
        {kept.map((one) => {
          const time = one.checkedAt === null ? t('report.noTime') : formatInstant(one.checkedAt);
          return (
            <li key={one.checkedAt}>
              <span>{time}, {t(`report.extent.${one.extent}`)}</span>
              <VerdictPill verdict={one.verdict} />
              <button type="button" className="icon-button" aria-label={t('report.saveThis', { time })} title={t('report.saveThis', { time })} onClick={() => onSave(one.checkedAt)}><Download aria-hidden size={16} strokeWidth={1.75} /></button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
