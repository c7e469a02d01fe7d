import { Ban, BookCheck, CircleX, CornerUpLeft, FilePen, FileSignature, FileStack, FileUp, FileX, FolderInput, Reply, Send, SquarePen, Stamp, Undo2, UserPlus, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { DocumentDetail, Folder } from '../../../src-shared/contract/documents.ts';
import type { MarkKind } from '../../../src-shared/domain/mark.ts';
import { goTo, goToRelated } from '../../app/route.ts';
import { useCommand } from '../../app/commands.tsx';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { FileDialog } from '../dossiers/file-dialog.tsx';
import { ChangeBar } from '../incoming/change-bar.tsx';
import { useRegistering } from '../incoming/use-registering.tsx';
import { markIcons } from '../marks/mark-icons.ts';
import { marksOf } from '../marks/marks-of.ts';
import { ChangeDialog } from '../outgoing/change-dialog.tsx';
import { whoCanBeAsked } from '../outgoing/change-values.ts';
import { VoidDialog } from '../outgoing/void-dialog.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { ReviseDialog } from './revise-dialog.tsx';
import { useDeeds, type Deed } from './use-deeds.ts';
import { useDone } from './use-done.ts';

type Verb = Extract<DocumentDetail['actions'][number], 'register' | 'present' | 'assign' | 'refuse' | 'reply' | 'revise' | 'submit' | 'approve' | 'returnToDrafter' | 'issue' | 'send' | 'sendBack' | 'voidNumber' | 'replace' | 'correct' | 'file'> | 'recall' | 'update';

const icons = {
  receive: BookCheck, register: BookCheck, present: Send, assign: UserPlus, refuse: CircleX, reply: Reply, submit: FileSignature, revise: FileUp, approve: FileSignature, returnToDrafter: Undo2, issue: Stamp, send: Send, sendBack: CornerUpLeft,
  voidNumber: Ban, recall: FileX, update: SquarePen, replace: FileStack, correct: FilePen, file: FolderInput,
} as const satisfies Record<Verb | 'receive', LucideIcon>;

// What the office does next, first; the first of these that is allowed is the screen's one strong button.
const order: readonly Verb[] = ['register', 'present', 'submit', 'approve', 'issue', 'send', 'assign', 'reply', 'revise', 'file', 'returnToDrafter', 'refuse', 'sendBack', 'recall', 'update', 'replace', 'correct', 'voidNumber'];
// Going back, putting right what is out, and putting away: never the button that the eye should find first.
const neverFirst: readonly (Verb | 'receive' | undefined)[] = ['file', 'returnToDrafter', 'refuse', 'sendBack', 'recall', 'update', 'replace', 'correct', 'voidNumber'];

type ActionBarProps = {
  readonly detail: DocumentDetail;
  readonly folder: Folder;
  /** Verbs that the screen itself offers; the strong button is then the screen's. */
  readonly except?: readonly Verb[];
  /** Stands first and is the strong one. */
  readonly lead?: ReactNode;
  /** Writes a mark on the pages, where the screen has a place for that. */
  readonly onMark?: (kind: MarkKind) => void;
};

/** Every deed that is open for this person and this document, with the next step first. */
export function ActionBar({ detail, folder, except = [], lead = null, onMark }: ActionBarProps) {
  const t = useT();
  const done = useDone();
  const deeds = useDeeds(detail);
  const { data: app } = useQuery('app.state', {});
  const marks = onMark && app && detail.contentHere ? marksOf(detail, app.role) : [];
  const [asking, setAsking] = useState<'assign' | 'refuse' | 'returnToDrafter' | 'sendBack' | 'revise' | 'recall' | 'update' | 'voidNumber' | 'file' | null>(null);
  const registering = useRegistering(detail, deeds, () => setAsking('refuse'));
  const { document } = detail;
  const { id } = document;
  // Sending again needs somebody new to send to.
  const verbs = order.filter((verb) => isOpen(verb, detail) && !except.includes(verb) && (verb !== 'send' || deeds.planned.length > 0));
  // An arrival that looks right is registered and laid before the leader in one go.
  const choices: readonly (Verb | 'receive')[] = verbs.includes('register') ? ['receive', ...verbs] : verbs;
  const [first] = choices;
  // Where part of the work is this person's own, the next step is theirs (TasksSection).
  const ownPart = detail.actions.includes('acceptTask') || detail.actions.includes('finishTask');
  const leads = except.length === 0 && !lead && !ownPart && !neverFirst.includes(first);

  function run(choice: Verb | 'receive'): void {
    switch (choice) {
      case 'receive':
      case 'register':
        return registering.register(choice);
      case 'present':
      case 'submit':
      case 'send':
        return void deeds.run(choice satisfies Deed);
      case 'reply':
        return goTo('draft', id);
      case 'approve':
        return goTo('signing', id);
      case 'issue':
        return goTo('issuing', id);
      case 'replace':
        return goToRelated(id, 'replaces');
      case 'correct':
        return goToRelated(id, 'corrects');
      default:
        return setAsking(choice);
    }
  }

  const asked = document.direction === 'incoming' && document.asked !== null;
  if (choices.length === 0 && marks.length === 0 && !lead && !asked) return null;
  return (
    <div className="action-bar" data-tour="deeds" role="group" aria-label={t('action.bar')}>
      {choices.map((choice, index) => (
        <Choice key={choice} words={wordFor(choice, folder, t)} id={`document.${choice}`} main={leads && index === 0} run={deeds.busy ? null : () => run(choice)} />
      ))}
      {marks.map((kind) => <Choice key={kind} words={t(`marking.do.${kind}`)} id={`mark.${kind}`} main={false} run={() => onMark?.(kind)} />)}
      <ChangeBar detail={detail} />
      <ErrorNote error={deeds.error} />
      <div className="action-bar-buttons">
        {lead}
        {choices.map((choice, index) => (
          <Button key={choice} kind={leads && index === 0 ? 'strong' : 'plain'} icon={icons[choice]} disabled={deeds.busy} onPress={() => run(choice)} {...(leads && index === 0 ? { shortcut: 'Ctrl ↵' } : {})}>
            {wordFor(choice, folder, t)}
          </Button>
        ))}
        {marks.map((kind) => <Button key={kind} icon={markIcons[kind]} disabled={deeds.busy} onPress={() => onMark?.(kind)}>{t(`marking.do.${kind}`)}</Button>)}
      </div>
      {registering.dialog}
      {asking === 'revise' && <ReviseDialog id={id} onClose={() => setAsking(null)} />}
      {asking === 'assign' && <AssignDialog documents={[document]} onClose={() => setAsking(null)} onDone={(given) => done(t('done.assign'), given)} />}
      {(asking === 'refuse' || asking === 'returnToDrafter' || asking === 'sendBack') && <ReasonDialog id={id} verb={asking} onClose={() => setAsking(null)} />}
      {(asking === 'recall' || asking === 'update') && <ChangeDialog detail={detail} change={asking} onClose={() => setAsking(null)} />}
      {asking === 'file' && <FileDialog documents={[id]} onClose={() => setAsking(null)} />}
      {asking === 'voidNumber' && <VoidDialog detail={detail} onClose={() => setAsking(null)} />}
    </div>
  );
}

/** Recall and update are one right, asked of those who can be asked. */
function isOpen(verb: Verb, { actions, document }: DocumentDetail): boolean {
  if (verb !== 'recall' && verb !== 'update') return actions.includes(verb);
  return actions.includes('askChange') && whoCanBeAsked(document, verb).length > 0 && (verb === 'recall' || document.stage === 'sent');
}

/** The same deed in the palette and on the sheet of keys; the main one has Ctrl+Enter. */
function Choice({ id, words, main, run }: { readonly id: string; readonly words: string; readonly main: boolean; readonly run: (() => void) | null }) {
  useCommand({ id, words, group: 'document', run, ...(main ? { keys: 'Ctrl+Enter' as const } : {}) });
  return null;
}

/** Signing and issuing have their own screens; elsewhere the button only leads there, and says so. */
function wordFor(choice: Verb | 'receive', folder: Folder, t: Translate): string {
  if (choice === 'approve' && folder !== 'signing') return t('action.goToQueue');
  if (choice === 'issue' && folder !== 'issuing') return t('action.goToIssuing');
  return t(`action.${choice}`);
}
