import { Check, Copy, ExternalLink, FileSignature, UserRound } from 'lucide-react';
import { useId } from 'react';
import type { Conflict, ConflictSide } from '../../../src-shared/contract/conflicts.ts';
import { goTo } from '../../app/route.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatDate, formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { folderOf, wordsOfCommand } from '../outbox/command-words.ts';
import { differencesOf, type Field, type Sayings } from './differences.ts';
import { isForkedDraft, isNewSignature, labelOf } from './kinds.ts';
import { SidesTable } from './sides-table.tsx';
import { useConflicts } from './settling.tsx';

type ConflictCardProps = { readonly conflict: Conflict; /** A choice was made, and the card is about to go. */ readonly onSettling: () => void };

/** One clash: what was done, on which document, how the two versions differ, and the choice under each of them. */
export function ConflictCard({ conflict, onSettling }: ConflictCardProps) {
  const { t } = useI18n();
  const id = useId();
  const say = useToast();
  const { accept } = useConflicts();
  const keepMine = useAction('conflicts.keepMine');
  const keepBoth = useAction('conflicts.keepBoth');
  const differences = differencesOf(conflict.mine, conflict.theirs, useSayings());
  const { title, choices } = conflict;
  const forked = isForkedDraft(conflict);
  const label = (field: Field): string => t(`conflicts.field.${labelOf(field, conflict)}`);
  const same = differences.different.length === 0 ? t('conflicts.sameAll') : differences.same.map((field) => label(field).toLowerCase()).join(', ') || null;
  const busy = keepMine.busy || keepBoth.busy;

  async function keep(): Promise<void> {
    onSettling();
    const result = await keepMine.run({ id: conflict.id });
    // Not offered to be undone: the losing version is gone with the choice, and taking the new deed back would leave nothing of it
    if (result.ok) say(t('conflicts.kept', { title }));
  }

  async function both(): Promise<void> {
    onSettling();
    const result = await keepBoth.run({ id: conflict.id });
    if (result.ok) say(t('conflicts.both'), { label: t('conflicts.openMine'), run: () => goTo('outgoing', result.value.document) });
  }

  return (
    <article className="clash" tabIndex={-1} aria-labelledby={`${id}-what ${id}-title`}>
      <div className="clash-head">
        <div>
          <p className="work-what" id={`${id}-what`}>{wordsOfCommand(conflict.type, t)}</p>
          <h2 id={`${id}-title`}>{title}</h2>
        </div>
        <Button size="small" icon={ExternalLink} onPress={() => goTo(folderOf(conflict.type), conflict.document)} describedBy={`${id}-title`}>{t('outbox.open')}</Button>
      </div>
      {isNewSignature(conflict) && (
        <Note tone="info" title={t('conflicts.newSignature')} action={<Button size="small" icon={FileSignature} onPress={() => goTo(folderOf(conflict.type), conflict.document)}>{t('conflicts.openNewest')}</Button>}>
          {t('conflicts.newSignatureHelp')}
        </Note>
      )}
      <SidesTable
        labelledBy={`${id}-title`}
        different={differences.different}
        label={label}
        same={same}
        mine={<SideHead title={t(forked ? 'conflicts.mineDraft' : 'conflicts.mine')} side={conflict.mine} />}
        theirs={<SideHead title={t(forked ? 'conflicts.theirsDraft' : 'conflicts.theirs')} side={conflict.theirs} />}
        chooseMine={choices.includes('keep-mine')
          ? <Choice help={t('conflicts.keepMineHelp')}><Button icon={UserRound} disabled={busy} busy={keepMine.busy} onPress={() => void keep()} describedBy={`${id}-title`}>{t('conflicts.keepMine')}</Button></Choice>
          : <p className="quiet">{t('conflicts.cannotKeep')}</p>}
        chooseTheirs={<Choice help={t('conflicts.acceptHelp')}><Button icon={Check} disabled={busy} onPress={() => { onSettling(); accept(conflict); }} describedBy={`${id}-title`}>{t('conflicts.accept')}</Button></Choice>}
      />
      {choices.includes('keep-both') && (
        <div className="clash-both">
          <Button icon={Copy} disabled={busy} busy={keepBoth.busy} onPress={() => void both()} describedBy={`${id}-title`}>{t('conflicts.keepBoth')}</Button>
          <span className="quiet">{t('conflicts.keepBothHelp')}</span>
        </div>
      )}
      <ErrorNote error={keepMine.error ?? keepBoth.error} />
    </article>
  );
}

function SideHead({ title, side }: { readonly title: string; readonly side: ConflictSide }) {
  const { t } = useI18n();
  const who = side.by && side.at ? t('conflicts.byAt', { name: side.by, time: formatInstant(side.at) }) : side.by ?? (side.at && formatInstant(side.at));
  return <><strong>{title}</strong>{who && <span className="clash-who">{who}</span>}</>;
}

function Choice({ children, help }: { readonly children: React.ReactNode; readonly help: string }) {
  return <div className="clash-choice">{children}<span className="quiet">{help}</span></div>;
}

function useSayings(): Sayings {
  const { t, locale } = useI18n();
  const { data: directory } = useQuery('directory.people', {});
  return {
    person: (id) => directory?.people.find((one) => one.id === id)?.fullName ?? id,
    date: formatDate,
    stage: (stage) => t(`stage.${stage}`),
    file: ({ fileName: name, sizeBytes }, code) => (code === null ? `${name}, ${formatBytes(sizeBytes, locale)}` : t('conflicts.fileCode', { name, size: formatBytes(sizeBytes, locale), code })),
  };
}
