import { useT } from '../../i18n/context.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { PasswordPrompt } from '../password-prompt.tsx';
import type { PdfState } from '../use-pdf.ts';

/** One of the two cannot be shown: it wants a password, is not here, or is broken. */
export function Failed({ state }: { readonly state: PdfState }) {
  const t = useT();
  if (state.state === 'locked') return <PasswordPrompt busy={state.busy} error={state.error} onPassword={state.unlock} />;
  return state.state === 'refused' ? <ErrorNote error={state.error} /> : <p role="alert">{t('compare.broken')}</p>;
}
