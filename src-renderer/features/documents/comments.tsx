import { MessageSquarePlus } from 'lucide-react';
import { z } from 'zod';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { KeptNote } from '../../app/kept-note.tsx';
import { useKeptForm } from '../../app/use-kept-form.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useDone } from './use-done.ts';

const commentValues = z.object({ text: z.string() });

/** What people of the office said about the document, oldest first, and a place to say something. It stays in the office: no receiver sees it. */
export function Comments({ detail: { document, history, actions } }: { readonly detail: DocumentDetail }) {
  const t = useT();
  const said = history.filter((event) => event.type === 'commented');
  if (said.length === 0 && !actions.includes('comment')) return null;
  return (
    <section aria-label={t('comments.heading')}>
      <h2>{said.length === 0 ? t('comments.heading') : t('comments.headingCount', { count: said.length })}</h2>
      {said.length > 0 && (
        <ol className="comments">
          {said.map((event) => (
            <li key={`${event.at} ${event.text}`}>
              <p className="comment-who"><strong>{event.by?.fullName}</strong> <span className="quiet">{formatInstant(event.at)}{event.aspect === 'opinion' ? '' : ` · ${t(`comments.aspect.${event.aspect}`)}`}</span></p>
              <p className="comment-text">{event.text}</p>
            </li>
          ))}
        </ol>
      )}
      {actions.includes('comment') && <Say key={document.id} id={document.id} />}
    </section>
  );
}

function Say({ id }: { readonly id: DocumentDetail['document']['id'] }) {
  const t = useT();
  const done = useDone();
  const comment = useAction('documents.comment');
  const form = useKeptForm(`comment:${id}`, { text: '' }, (kept) => commentValues.safeParse(kept).data ?? null);
  const text = form.value.text.trim();

  async function send(): Promise<void> {
    const result = await comment.run({ id, text, aspect: 'opinion' });
    if (!result.ok) return;
    form.drop();
    done(t('comments.done'), [result.value]);
  }

  return (
    <div className="comment-form">
      <KeptNote form={form} />
      <TextField label={t('comments.label')} lines={2} maxLength={4000} value={form.value.text} onChange={(words) => form.set({ text: words })} />
      <ErrorNote error={comment.error} />
      <Button size="small" icon={MessageSquarePlus} disabled={comment.busy || text === ''} onPress={() => void send()}>{t('comments.send')}</Button>
    </div>
  );
}
