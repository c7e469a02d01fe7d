import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { hrefOf } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Note } from '../../ui/note.tsx';
import { endOf } from './how-it-ended-words.ts';
import { fullNumber } from './names.ts';

/** Ends that nobody wished for, with the reason; and what came in the document's place, a press away. */
export function HowItEnded({ document }: { readonly document: DocumentState }) {
  const t = useT();
  const { direction } = document;
  const end = endOf(document);
  return (
    <>
      {end !== null && <Note tone="warn" title={t(end.title)}>{end.reason}</Note>}
      {document.supersededBy.map(({ relation, by }) => <Successor key={by} id={by} relation={relation} direction={direction} />)}
    </>
  );
}

function Successor({ id, relation, direction }: { readonly id: DocumentState['id']; readonly relation: 'replaces' | 'corrects'; readonly direction: DocumentState['direction'] }) {
  const t = useT();
  const { data } = useQuery('documents.read', { id });
  return (
    <Note tone="warn" title={t(`superseded.${relation}`)}>
      {data ? <a href={hrefOf(direction === 'incoming' ? 'incoming' : 'outgoing', id)}>{t('superseded.open', { number: fullNumber(data.document, t), title: data.document.title })}</a> : t('superseded.notHere')}
    </Note>
  );
}
