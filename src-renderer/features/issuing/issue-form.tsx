import { Stamp } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../app/desk.tsx';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { PlacementForm } from '../../placement/form.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { PinDialog } from '../signing/pin-dialog.tsx';
import { Recipients } from './recipients.tsx';
import type { Issue } from './use-issue.ts';

type IssueFormProps = { readonly app: AppState; readonly issue: Issue; readonly onShow: () => void };

/** Number, date, book and recipients beside the page, and one button that does it all. */
export function IssueForm({ app, issue, onShow }: IssueFormProps) {
  const t = useT();
  const say = useToast();
  const action = useAction('issuing.issue');
  const [asking, setAsking] = useState<{ readonly send: boolean } | null>(null);
  const { id, detail, book, proposal, seal, fields, change } = issue;
  const { number, notation, date, recipients } = fields;
  const placement = seal.placement;
  const complete = number !== null && date !== null && placement !== null && !book?.problem;
  useShortcut('Ctrl+Enter', complete && recipients.length > 0 ? () => setAsking({ send: true }) : null);
  if (!detail) return null;

  return (
    <aside className="pane pane-form" aria-label={t('issue.title')}>
      <div className="pane-form-body">
        <div>
          <h2 className="form-title">{t('issue.title')}</h2>
          <p className="quiet">{t('issue.leaderSigned', { name: detail.document.signer ?? '' })}</p>
        </div>
        <div className="columns">
          <TextField
            label={t('issue.number')}
            type="number"
            value={number === null ? '' : String(number)}
            onChange={(text) => change({ number: /^[1-9]\d*$/.test(text) ? Number(text) : null })}
          />
          <TextField label={t('issue.notation')} value={notation} maxLength={30} onChange={(text) => change({ notation: text })} />
        </div>
        <DateField label={t('issue.date')} value={date} onChange={(next) => change({ date: next })} />
        {book && (
          <div className="field">
            <span className="field-label">{t('issue.book')}</span>
            <span className="book">{book.book}</span>
            {book.problem ? <Note tone="warn" live>{book.problem.message}</Note> : <p className="text-ok field-below">{t('issue.bookHeld')}</p>}
          </div>
        )}
        <Recipients chosen={recipients} onChange={(next) => change({ recipients: next })} />
        {placement && proposal && <PlacementForm placement={placement} pages={proposal.pages} resizable={false} onChange={seal.set} onReset={seal.reset} onShow={onShow} />}
        {proposal && !seal.sure && <Note tone="warn">{t('place.unsure')}</Note>}
        {issue.sealMissing && <Note tone="warn">{t('place.noSeal')}</Note>}
        {proposal && <Note tone={proposal.prepared ? 'ok' : 'info'} {...(complete ? { title: t('issue.readyTitle') } : {})}>{t(proposal.prepared ? 'issue.prepared' : 'issue.notPrepared')}</Note>}
        {recipients.length === 0 && <Note tone="info">{t('issue.noRecipients')}</Note>}
        <ErrorNote error={issue.error} />
      </div>
      <div className="pane-form-actions">
        <Button kind="strong" size="tall" icon={Stamp} wide disabled={!complete || recipients.length === 0} onPress={() => setAsking({ send: true })}>
          {t('issue.signAndSend', { number: number ?? '…' })}
        </Button>
        <Button wide disabled={!complete} onPress={() => setAsking({ send: false })}>{t('issue.signOnly')}</Button>
      </div>
      {asking && number !== null && date !== null && placement && (
        <PinDialog
          title={t('pin.titleIssue')}
          what={t('pin.whatIssue', { number, date: formatDate(date), title: detail.document.title })}
          wanted={{ holder: 'organization', name: app.unit.name }}
          onClose={() => setAsking(null)}
          sign={(thumbprint, pin) => action.run({ id, thumbprint, pin, number, notation, date, placement, recipients: [...recipients], send: asking.send })}
          onDone={() => {
            say(t(asking.send ? 'done.issueSend' : 'done.issue', { number }));
            goTo('outgoing', id);
          }}
        />
      )}
    </aside>
  );
}
