import { documentKinds, urgencies, type DocumentKind } from '../../../src-shared/domain/document.ts';
import { useI18n } from '../../i18n/context.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import type { DescribedFaults, DescribedValues, Fault } from './paper-values.ts';
import { SenderField } from './sender-field.tsx';

const kinds = (Object.keys(documentKinds) as DocumentKind[]).map((value) => ({ value, label: documentKinds[value].name }));

type DescriptionFieldsProps = { readonly value: DescribedValues; readonly set: (patch: Partial<DescribedValues>) => void; readonly faults: DescribedFaults; readonly disabled?: boolean };

/** What is written down of a document that came as paper or by other ways, in the order in which it stands on its first page. */
export function DescriptionFields({ value, set, faults, disabled = false }: DescriptionFieldsProps) {
  const { t, describe } = useI18n();
  const say = (fault: Fault | undefined): string | undefined => (fault === undefined ? undefined : typeof fault === 'string' ? t(fault) : describe(fault));
  return (
    <>
      <SenderField value={value.from} onChange={(from) => set({ from })} disabled={disabled} error={say(faults.from)} />
      <div className="columns">
        <TextField label={t('issue.number')} maxLength={11} value={value.numberText} onChange={(numberText) => set({ numberText })} disabled={disabled} error={say(faults.numberText)} help={t('paper.numberHelp')} />
        <TextField label={t('draft.notation')} maxLength={30} value={value.notation} onChange={(notation) => set({ notation })} disabled={disabled} error={say(faults.notation)} help={t('draft.notationHelp')} />
      </div>
      <div className="columns">
        <DateField label={t('issue.date')} value={value.issuedDate} onChange={(issuedDate) => set({ issuedDate })} disabled={disabled} error={say(faults.issuedDate)} />
        <Select label={t('draft.kind')} value={value.kind} onChange={(kind) => set({ kind })} options={kinds} disabled={disabled} />
      </div>
      <TextField label={t('draft.subject')} lines={2} maxLength={500} value={value.title} onChange={(title) => set({ title })} disabled={disabled} error={say(faults.title)} />
      <div className="columns">
        <TextField label={t('info.signer')} maxLength={200} value={value.signer} onChange={(signer) => set({ signer })} disabled={disabled} />
        <Select label={t('info.urgency')} value={value.urgency} onChange={(urgency) => set({ urgency })} options={urgencies.map((one) => ({ value: one, label: t(`urgency.${one}`) }))} disabled={disabled} />
      </div>
    </>
  );
}
