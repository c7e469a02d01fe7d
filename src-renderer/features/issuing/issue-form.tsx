import { Stamp } from 'lucide-react';
import { useState } from 'react';
import { formatReference } from '../../../src-shared/domain/notation.ts';
import type { AppState } from '../../app/app-state.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatClock, formatDate } from '../../i18n/format.ts';
import { PlacementPanel } from '../../placement/panel.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { BeforeSigning } from '../signing/before-signing.tsx';
import { PinDialog } from '../signing/pin-dialog.tsx';
import { toldElsewhere, useBeforeSigning } from '../signing/use-before-signing.ts';
import { findIssueFaults, type Fault } from './issue-values.ts';
import { Recipients } from './recipients.tsx';
import type { Issue } from './use-issue.ts';

type IssueFormProps = { readonly app: AppState; readonly issue: Issue };

/** Number, date, book and recipients beside the page, and one button that does it all. */
export function IssueForm({ app, issue }: IssueFormProps) {
  const t = useT();
  const say = useToast();
  const action = useAction('issuing.issue');
  const before = useBeforeSigning(issue.detail.document.id, issue.detail.document.content.sha256);
  // The step that was asked for: its faults are told from then on; the dialog opens when there are none
  const [tried, setTried] = useState<{ readonly send: boolean } | null>(null);
  const [asking, setAsking] = useState<{ readonly send: boolean } | null>(null);
  const { detail, book, proposal, seal, fields, rules, form } = issue;
  const { document } = detail;
  const { number, notation, date, recipients } = fields;
  const { data: next } = useQuery('documents.nextNumber', { id: document.id });
  const placement = seal.settled;
  const blocked = placement === null || book === undefined || book.problem !== null;
  const faults = tried ? findIssueFaults(fields, rules, tried.send) : {};
  const approved = detail.history.findLast((event) => event.type === 'approved');

  function ask(send: boolean): void {
    setTried({ send });
    if (Object.keys(findIssueFaults(fields, rules, send)).length === 0 && before.mayGoOn()) setAsking({ send });
  }
  useShortcut('Ctrl+Enter', blocked ? null : () => ask(true));

  function words(fault: Fault | undefined): string | undefined {
    if (!fault) return undefined;
    const { date: day, ...others } = fault.params ?? {};
    return t(fault.key, typeof day === 'string' ? { ...others, date: formatDate(day) } : others);
  }

  return (
    <aside className="pane pane-form" aria-label={t('issue.title')}>
      <div className="pane-form-body">
        <div>
          <h2 className="form-title">{t('issue.title')}</h2>
          <p className="quiet">{t('issue.leaderSigned', { name: document.signer ?? '', time: approved ? formatClock(approved.at) : '' })}</p>
        </div>
        <KeptNote form={form} />
        <BeforeSigning state={before} />
        <div className="columns issue-number">
          <TextField label={t('issue.number')} value={fields.numberText} maxLength={8} error={words(faults.number)} onChange={(text) => form.set({ number: text })} />
          <TextField label={t('draft.notation')} value={notation} maxLength={30} error={words(faults.notation)} onChange={(text) => form.set({ notation: text })} />
        </div>
        {number !== null && notation.trim() !== '' && <p className="issue-reference" role="status">{t('issue.willRead')} <strong>{formatReference({ number, numberText: '', notation: notation.trim() })}</strong></p>}
        <DateField label={t('issue.date')} value={date} error={words(faults.date)} onChange={(next) => form.set({ date: next ?? '' })} />
        {book && (
          <div className="field">
            <span className="field-label">{t('issue.book')}</span>
            <span className="book">{next?.book ?? book.book}</span>
            {book.problem ? <Note tone="warn" live>{book.problem.message}</Note> : <p className="text-ok field-below">{t('issue.bookHeld')}</p>}
          </div>
        )}
        <div>
          <Recipients chosen={recipients} onChange={(next) => form.set({ recipients: next })} />
          {faults.recipients && <p className="field-fault" role="alert">{words(faults.recipients)}</p>}
        </div>
        <section className="issue-seal">
          <h3>{t('issue.sealPlace')}</h3>
          {issue.sealMissing && <Note tone="warn">{t('place.noSeal')}</Note>}
          {proposal && <PlacementPanel state={seal} kind={document.kind} pages={proposal.pages} resizable={false} />}
        </section>
        {proposal && <Note tone={proposal.prepared ? 'ok' : 'info'} {...(blocked ? {} : { title: t('issue.readyTitle') })}>{t(proposal.prepared ? 'issue.prepared' : 'issue.notPrepared')}</Note>}
        <ErrorNote error={toldElsewhere(issue.error) ? null : issue.error} />
      </div>
      <div className="pane-form-actions">
        <Button kind="strong" size="tall" icon={Stamp} wide disabled={blocked} onPress={() => ask(true)}>{t('issue.signAndSend', { number: number ?? '…' })}</Button>
        <Button wide disabled={blocked} onPress={() => ask(false)}>{t('issue.signOnly')}</Button>
      </div>
      {asking && number !== null && date !== null && placement && (
        <PinDialog
          title={t('pin.titleIssue')}
          what={t('pin.whatIssue', { number, date: formatDate(date), title: document.title })}
          wanted={{ holder: 'organization', name: app.unit.name }}
          onClose={() => setAsking(null)}
          sign={(thumbprint, pin) => action.run({ id: document.id, thumbprint, pin, number, notation: notation.trim(), date, placement, recipients: [...recipients], send: asking.send, accepted: before.accepted })}
          onDone={() => {
            form.drop();
            say(t(asking.send ? 'done.issueSend' : 'done.issue', { number }));
            goTo('outgoing', document.id);
          }}
        />
      )}
    </aside>
  );
}
