import { CircleAlert, Info, ShieldCheck, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppError } from '../../src-shared/result.ts';
import { useI18n } from '../i18n/context.tsx';

const icons = { ok: ShieldCheck, info: Info, warn: TriangleAlert, bad: CircleAlert } as const satisfies Record<string, LucideIcon>;

type NoteProps = { readonly tone: keyof typeof icons; readonly title?: string; readonly children?: ReactNode; readonly live?: boolean; readonly id?: string; readonly action?: ReactNode };

/** A box of words beside a form. `live` ones are read aloud when they appear. */
export function Note({ tone, title, children, live = false, id, action }: NoteProps) {
  const Icon = icons[tone];
  return (
    <div className={`note note-${tone}`} id={id} role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}>
      <Icon aria-hidden size={18} strokeWidth={1.75} />
      <div>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
        {action && <div className="note-action">{action}</div>}
      </div>
    </div>
  );
}

type ErrorNoteProps = { readonly error: AppError | null; /** The button that does what the sentence says. */ readonly action?: ReactNode };

/** The error's own sentence: what happened, what was kept, what to do now. */
export function ErrorNote({ error, action }: ErrorNoteProps) {
  const { describe } = useI18n();
  return error && <Note tone="bad" live action={action}>{describe(error)}</Note>;
}
