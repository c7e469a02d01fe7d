import { BookCheck, CircleX, FileSignature, FileUp, Reply, Send, Stamp, Undo2, UserPlus, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { DocumentDetail, Folder } from '../../../src-shared/contract/documents.ts';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { ReviseDialog } from './revise-dialog.tsx';

type Verb = DocumentDetail['actions'][number];

const verbIcons = {
  register: BookCheck, present: Send, assign: UserPlus, refuse: CircleX, reply: Reply, submit: FileSignature, revise: FileUp, approve: FileSignature, returnToDrafter: Undo2, issue: Stamp, send: Send,
} as const satisfies Record<Verb, LucideIcon>;

// What the office does next, first; the first of these that is allowed is the screen's one strong button.
const order: readonly Verb[] = ['register', 'present', 'submit', 'approve', 'issue', 'send', 'assign', 'reply', 'revise', 'returnToDrafter', 'refuse'];

type ActionBarProps = {
  readonly detail: DocumentDetail;
  readonly folder: Folder;
  /** Verbs that the screen itself offers; the strong button is then the screen's. */
  readonly except?: readonly Verb[];
  /** Stands first and is the strong one. */
  readonly lead?: ReactNode;
};

/** Every deed that is open for this person and this document, with the next step first. */
export function ActionBar({ detail, folder, except = [], lead = null }: ActionBarProps) {
  const t = useT();
  const say = useToast();
  const [asking, setAsking] = useState<'assign' | 'refuse' | 'returnToDrafter' | 'revise' | null>(null);
  const register = useAction('documents.register');
  const present = useAction('documents.present');
  const submit = useAction('documents.submit');
  const send = useAction('documents.send');
  const { document } = detail;
  const { id } = document;
  const planned = document.recipients.filter((one) => one.status === 'planned').map((one) => one.organization);
  // Sending again needs somebody new to send to.
  const verbs = order.filter((verb) => detail.actions.includes(verb) && !except.includes(verb) && (verb !== 'send' || planned.length > 0));
  const busy = register.busy || present.busy || submit.busy || send.busy;

  async function run(verb: Verb): Promise<void> {
    switch (verb) {
      case 'register': {
        const result = await register.run({ id });
        if (result.ok) say(t('done.register', { number: result.value.document.arrival?.number ?? '' }));
        return;
      }
      case 'present': {
        const result = await present.run({ id, note: '' });
        if (result.ok) say(t('done.present'));
        return;
      }
      case 'submit': {
        const result = await submit.run({ id });
        if (result.ok) say(t('done.submit'));
        return;
      }
      case 'send': {
        const result = await send.run({ id, recipients: planned });
        if (result.ok) say(t('done.send'));
        return;
      }
      case 'reply':
        return goTo('draft', id);
      case 'approve':
        return goTo('signing', id);
      case 'issue':
        return goTo('issuing', id);
      default:
        return setAsking(verb);
    }
  }

  const [first] = verbs;
  // Going back is never the button that the eye should find first.
  const leads = except.length === 0 && !lead && first !== 'returnToDrafter' && first !== 'refuse';
  useShortcut('Ctrl+Enter', leads && first && !busy ? () => void run(first) : null);
  if (verbs.length === 0 && !lead) return null;
  return (
    <div className="action-bar" role="group" aria-label={t('action.bar')}>
      {[register, present, submit, send].map((action, index) => <ErrorNote key={index} error={action.error} />)}
      <div className="action-bar-buttons">
        {lead}
        {verbs.map((verb, index) => (
          <Button key={verb} kind={leads && index === 0 ? 'strong' : 'plain'} icon={verbIcons[verb]} disabled={busy} onPress={() => void run(verb)} {...(leads && index === 0 ? { shortcut: 'Ctrl ↵' } : {})}>
            {wordFor(verb, folder, t)}
          </Button>
        ))}
      </div>
      {asking === 'revise' && <ReviseDialog id={id} onClose={() => setAsking(null)} />}
      {asking === 'assign' && <AssignDialog document={document} onClose={() => setAsking(null)} />}
      {(asking === 'refuse' || asking === 'returnToDrafter') && <ReasonDialog id={id} verb={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

/** Signing and issuing have their own screens; elsewhere the button only leads there, and says so. */
function wordFor(verb: Verb, folder: Folder, t: ReturnType<typeof useT>): string {
  if (verb === 'approve' && folder !== 'signing') return t('action.goToQueue');
  if (verb === 'issue' && folder !== 'issuing') return t('action.goToIssuing');
  return t(`action.${verb}`);
}
