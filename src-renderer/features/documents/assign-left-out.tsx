import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { useI18n } from '../../i18n/context.tsx';
import { Note } from '../../ui/note.tsx';
import type { NotAssigned } from './use-assign.ts';

/** Before it is given out: what was chosen and cannot be, each by its name and where it stands. */
export function LeftOut({ documents }: { readonly documents: readonly DocumentState[] }) {
  const { t } = useI18n();
  if (documents.length === 0) return null;
  return (
    <Note tone="warn">
      {t('assign.leftOut', { count: documents.length })}
      <ul className="assign-left-out">{documents.map(({ id, title, stage }) => <li key={id}><strong>{title}</strong> · {t(`stage.${stage}`)}</li>)}</ul>
    </Note>
  );
}

/** Afterwards: what was refused, each by its name and why. */
export function Refused({ failed }: { readonly failed: readonly NotAssigned[] }) {
  const { t, describe } = useI18n();
  if (failed.length === 0) return null;
  return (
    <Note tone="bad" live title={t('assign.someFailed', { count: failed.length })}>
      <ul className="assign-left-out">{failed.map(({ document, error }) => <li key={document.id}><strong>{document.title}</strong> · {describe(error)}</li>)}</ul>
    </Note>
  );
}
