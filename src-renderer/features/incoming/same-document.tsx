import { useDeferredValue } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useQueries } from '../../bridge/use-query.ts';
import { hrefOf } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';
import { Note } from '../../ui/note.tsx';
import { fullNumber } from '../documents/names.ts';
import type { DescribedValues } from './paper-values.ts';

type SameDocumentProps = { readonly value: Pick<DescribedValues, 'from' | 'numberText' | 'notation'>; readonly except?: DocumentId };

/** Warns while it is typed that the office may have this document already: same number, notation and issuer (NĐ 30/2020 App VI.III.1). The clerk decides. */
export function SameDocument({ value, except }: SameDocumentProps) {
  const t = useT();
  const asked = useDeferredValue(value);
  const from = { code: asked.from.code, name: asked.from.name.trim() };
  const [numberText, notation] = [asked.numberText.trim(), asked.notation.trim()];
  const askable = from.name !== '' && numberText !== '' && notation !== '';
  const [answer] = useQueries('documents.duplicates', askable ? [{ numberText, notation, from }] : []);
  const rows = (answer?.data?.rows ?? []).filter(({ id }) => id !== except);
  if (rows.length === 0) return null;
  return (
    <Note tone="warn" live title={t('paper.same')}>
      <ul className="same-documents">
        {rows.map((row) => (
          <li key={row.id}>
            <a href={hrefOf(row.direction === 'incoming' ? 'incoming' : 'outgoing', row.id)}>{t('superseded.open', { number: fullNumber(row, t), title: row.title })}</a>
            <span className="quiet"> · {row.from.name} · {row.arrival ? t('paper.sameArrival', { number: row.arrival.number }) : t(`stage.${row.stage}`)}</span>
          </li>
        ))}
      </ul>
    </Note>
  );
}
