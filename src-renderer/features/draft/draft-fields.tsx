import { documentKinds, urgencies, type DocumentKind } from '../../../src-shared/domain/document.ts';
import { useT } from '../../i18n/context.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { Recipients } from '../issuing/recipients.tsx';
import { AttachmentsField } from './attachments-field.tsx';
import type { DraftDescription, DraftFaults } from './draft-values.ts';
import { NotationField } from './notation-field.tsx';
import type { AttachmentsState } from './use-attachments.ts';

const kinds = (Object.keys(documentKinds) as DocumentKind[]).map((value) => ({ value, label: documentKinds[value].name }));

type DraftFieldsProps = { readonly value: DraftDescription; readonly set: (patch: Partial<DraftDescription>) => void; readonly faults: DraftFaults; readonly attachments: AttachmentsState; readonly disabled: boolean };

/** What is said of a document of ours beside its file: the same fields while it is written and when it is put right. */
export function DraftFields({ value, set, faults, attachments, disabled }: DraftFieldsProps) {
  const t = useT();
  return (
    <>
      <TextField label={t('draft.subject')} lines={2} maxLength={500} value={value.title} onChange={(title) => set({ title })} disabled={disabled} error={faults.title && t(faults.title)} />
      <div className="columns">
        <Select label={t('draft.kind')} value={value.kind} onChange={(kind) => set({ kind })} options={kinds} disabled={disabled} />
        <Select label={t('info.urgency')} value={value.urgency} onChange={(urgency) => set({ urgency })} options={urgencies.map((one) => ({ value: one, label: t(`urgency.${one}`) }))} disabled={disabled} />
      </div>
      <NotationField kind={value.kind} value={value.notation} onChange={(notation) => set({ notation })} disabled={disabled} error={faults.notation && t(faults.notation)} />
      <Recipients chosen={value.recipients} onChange={(recipients) => set({ recipients })} disabled={disabled} />
      <AttachmentsField attached={value.attachments} state={attachments} onChange={(attached) => set({ attachments: attached })} disabled={disabled} />
    </>
  );
}
