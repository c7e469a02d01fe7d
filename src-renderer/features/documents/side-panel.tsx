import { Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { documentKinds } from '../../../src-shared/domain/document.ts';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { needsReason } from '../../../src-shared/domain/verdict.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatDate } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { StepLine } from '../../ui/steps.tsx';
import { EditReceived } from '../incoming/edit-dialog.tsx';
import { packageOf, packageWords } from '../incoming/package-words.ts';
import { Attachments } from '../outgoing/attachments.tsx';
import { AugmentationLine } from '../outgoing/augmentation.tsx';
import { Deliveries } from '../outgoing/deliveries.tsx';
import { EditDraft } from '../draft/edit-draft.tsx';
import { Versions } from '../draft/versions.tsx';
import { RelationNote } from '../outgoing/relation-note.tsx';
import type { SignatureDeeds } from '../verification/deeds.ts';
import { SignatureCards } from '../verification/signature-cards.tsx';
import { LawDeadlines } from '../tasks/law-deadlines.tsx';
import { TasksSection } from '../tasks/tasks-section.tsx';
import { Comments } from './comments.tsx';
import { History } from './history.tsx';
import { HowItEnded } from './how-it-ended.tsx';
import { fullNumber } from './names.ts';
import { SyncPill } from './pills.tsx';
import { stepsOf } from './steps-of.ts';

type SidePanelProps = {
  readonly detail: DocumentDetail;
  readonly top?: ReactNode;
  /** The signature that is lit on the page, by its order. */
  readonly chosen?: number | null;
  /** What the pages beside it can do with a signature. */
  readonly deeds?: SignatureDeeds;
};

/** What is known of the document beside its page: signatures, facts, where it stands. */
export function SidePanel({ detail, top, chosen = null, deeds = {} }: SidePanelProps) {
  const { t } = useI18n();
  const { document } = detail;
  // Before anything is sent the list of offices is only a plan, and stands last.
  const delivered = document.recipients.some((one) => one.status !== 'planned');
  return (
    <aside className="pane pane-side" data-tour="facts" aria-label={t('reading.side')}>
      <HowItEnded document={document} />
      {sinceWorse(detail) && <Note tone="warn">{t('registering.sinceWorse', { verdict: t(`verdict.${detail.verdict}`) })}</Note>}
      <RelationNote document={document} />
      {top}
      <LawDeadlines id={document.id} pressing />
      <TasksSection detail={detail} />
      <SignatureCards id={document.id} content={document.content} chosen={chosen} deeds={deeds} />
      <AugmentationLine id={document.id} />
      <Attachments files={document.attachments} />
      <Versions document={document} />
      {document.direction === 'outgoing' && delivered && <Deliveries document={document} sync={detail.sync} />}
      <LawDeadlines id={document.id} pressing={false} />
      <Facts detail={detail} />
      <section>
        <h2>{t('steps.heading')} <SyncPill sync={detail.sync} /></h2>
        <StepLine label={t('steps.heading')} steps={stepsOf(detail, t)} />
      </section>
      <History detail={detail} />
      <Comments detail={detail} />
      {document.direction === 'outgoing' && !delivered && document.recipients.length > 0 && <Deliveries document={document} sync={detail.sync} />}
    </aside>
  );
}

function Facts({ detail: { document, history, actions } }: { readonly detail: DocumentDetail }) {
  const [editing, setEditing] = useState(false);
  const { t, locale } = useI18n();
  const Edit = document.direction === 'incoming' ? EditReceived : EditDraft;
  const { data: directory } = useQuery('directory.people', {});
  const lead = document.assignment && (directory?.people.find((person) => person.id === document.assignment?.lead)?.fullName ?? document.assignment.lead);
  const came = packageOf(history);
  const broken = came?.state === 'broken';
  // What one looks for first stands open; the rest is a fold away.
  const first: readonly Fact[] = [
    [t('info.number'), fullNumber(document, t)],
    [t('info.date'), document.issuedDate && formatDate(document.issuedDate)],
    [t('info.from'), document.direction === 'incoming' ? document.from.name : null],
    [t('info.urgency'), document.urgency === 'normal' ? null : t(`urgency.${document.urgency}`)],
    [t('info.arrival'), document.arrival && `${document.arrival.number} · ${formatDate(document.arrival.arrivalDate)}`],
    [t('info.package'), broken ? packageWords(came, t) : null],
    [t('registering.reason'), registeredBecause(history)],
    [t('info.lead'), lead],
    [t('info.deadline'), document.assignment?.deadline && formatDate(document.assignment.deadline)],
    [t('info.directive'), document.assignment?.directive],
  ];
  const rest: readonly Fact[] = [
    [t('info.kind'), documentKinds[document.kind].name],
    [t('paper.channel'), document.channel && t(`paper.channel.${document.channel}`)],
    [t('info.package'), came === null || broken ? null : packageWords(came, t)],
    [t('info.drafter'), document.drafter],
    [t('info.signer'), document.signer],
    [t('info.file'), `${document.content.fileName}, ${formatBytes(document.content.sizeBytes, locale)}`],
  ];
  return (
    <section>
      <h2>{t('info.heading')}</h2>
      <FactList facts={first} />
      <details className="facts-more">
        <summary>{t('info.more')}</summary>
        <FactList facts={rest} />
      </details>
      {actions.includes('edit') && <Button size="small" icon={Pencil} onPress={() => setEditing(true)}>{t('command.edit')}</Button>}
      {editing && <Edit document={document} onClose={() => setEditing(false)} />}
    </section>
  );
}

/** Why it was registered though its signatures are not in order; null for all others. */
function registeredBecause(history: DocumentDetail['history']): string | null {
  return history.findLast((event) => event.type === 'registered')?.check?.reason ?? null;
}

/** Registered as it came, and found not to be in order since: its content came later, or somebody could be asked at last. */
function sinceWorse({ document, history, verdict }: DocumentDetail): boolean {
  const check = history.findLast((event) => event.type === 'registered')?.check;
  return document.direction === 'incoming' && check !== undefined && check.reason === null && !needsReason(check.verdict) && needsReason(verdict);
}

type Fact = readonly [name: string, value: string | null | undefined];

function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return <dl className="facts">{facts.map(([name, value]) => value && <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}
