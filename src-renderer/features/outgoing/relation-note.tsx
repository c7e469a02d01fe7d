import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { hrefOf } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Note } from '../../ui/note.tsx';
import { fullNumber } from '../documents/names.ts';

/** What the document comes in the place of, or puts right, a press away (NĐ 30/2020 Art 18.3). The other end of it is told by `HowItEnded`. */
export function RelationNote({ document: { relation, direction } }: { readonly document: Pick<DocumentState, 'relation' | 'direction'> }) {
  return relation && <Older relation={relation} direction={direction} />;
}

function Older({ relation, direction }: { readonly relation: NonNullable<DocumentState['relation']>; readonly direction: DocumentState['direction'] }) {
  const t = useT();
  const { data } = useQuery('documents.read', { id: relation.document });
  return (
    <Note tone="info" title={t(`related.${relation.type}`)}>
      {data ? <a href={hrefOf(direction, relation.document)}>{t('superseded.open', { number: fullNumber(data.document, t), title: data.document.title })}</a> : t('superseded.notHere')}
    </Note>
  );
}
