import { useState } from 'react';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckList, Select, TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';

/** One leads; others support or are told; a directive and a date. */
export function AssignDialog({ document, onClose }: { readonly document: DocumentState; readonly onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const { data: directory } = useQuery('directory.people', {});
  const assign = useAction('documents.assign');
  const before = document.assignment;
  const [lead, setLead] = useState<PersonId | ''>(before?.lead ?? '');
  const [support, setSupport] = useState<readonly PersonId[]>(before?.support ?? []);
  const [inform, setInform] = useState<readonly PersonId[]>(before?.inform ?? []);
  const [directive, setDirective] = useState(before?.directive ?? '');
  const [deadline, setDeadline] = useState<string | null>(before?.deadline ?? null);
  const [asked, setAsked] = useState(false);
  const people = directory?.people ?? [];
  const options = people.map((person) => ({ value: person.id, label: person.fullName, detail: person.position }));
  const others = options.filter((option) => option.value !== lead);

  async function confirm(): Promise<void> {
    setAsked(true);
    if (lead === '') return;
    const result = await assign.run({
      id: document.id, lead, directive: directive.trim(), deadline,
      support: support.filter((id) => id !== lead),
      inform: inform.filter((id) => id !== lead && !support.includes(id)),
    });
    if (!result.ok) return;
    say(t('done.assign'));
    onClose();
  }

  return (
    <Dialog
      title={t('assign.title')}
      onClose={onClose}
      locked={assign.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={assign.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={assign.busy} onPress={() => void confirm()}>{t('assign.confirm')}</Button>
        </>
      }
    >
      <Select
        label={t('assign.lead')}
        value={lead}
        onChange={setLead}
        empty={t('assign.leadNone')}
        options={options.map((option) => ({ value: option.value, label: option.detail ? `${option.label} · ${option.detail}` : option.label }))}
        error={asked && lead === '' ? t('assign.needLead') : undefined}
      />
      <div className="columns">
        <CheckList label={t('assign.support')} options={others} chosen={support} onChange={setSupport} />
        <CheckList label={t('assign.inform')} options={others} chosen={inform} onChange={setInform} />
      </div>
      <TextField label={t('assign.directive')} lines={2} maxLength={1000} value={directive} onChange={setDirective} />
      <DateField label={t('assign.deadline')} value={deadline} onChange={setDeadline} />
      <ErrorNote error={assign.error} />
    </Dialog>
  );
}
