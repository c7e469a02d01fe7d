import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { hrefOf } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { fullNumber } from '../documents/names.ts';

/** The document that a finished part was answered with, a press away. */
export function AnsweredBy({ id }: { readonly id: DocumentId }) {
  const t = useT();
  const { data } = useQuery('documents.read', { id });
  return (
    <p>
      {t('task.answeredBy')} {data ? <a href={hrefOf('outgoing', id)}>{t('superseded.open', { number: fullNumber(data.document, t), title: data.document.title })}</a> : t('superseded.notHere')}
    </p>
  );
}
