import { useState } from 'react';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useQueries, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import { fullNumber } from '../documents/names.ts';

/** As many as one looks through before typing more is quicker. */
const mostFound = 20;

type AnswerFieldProps = { /** The document whose work is finished. */ readonly id: DocumentId; readonly value: DocumentId | null; readonly onChange: (answer: DocumentId | null) => void };

/** NĐ 30/2020 Art 24.2: which document of ours answers; those that were begun as an answer to this one stand first, a draft still being written among them. None need be named. */
export function AnswerField({ id, value, onChange }: AnswerFieldProps) {
  const t = useT();
  const [words, setWords] = useState('');
  const { data } = useQuery('documents.list', { folder: 'outgoing', query: words.trim().slice(0, 200), offset: 0, limit: mostFound });
  const found = (data?.rows ?? []).map(({ document }) => document);
  // What was chosen keeps its name while other words are typed
  const [chosen] = useQueries('documents.read', value === null || found.some((one) => one.id === value) ? [] : [{ id: value }]);
  const all = [...(chosen?.data ? [chosen.data.document] : []), ...found];
  const offered = [...all.filter((one) => one.inReplyTo === id), ...all.filter((one) => one.inReplyTo !== id)];
  return (
    <ComboBox
      label={t('task.answer')}
      value={value}
      onChange={onChange}
      onSearch={setWords}
      options={offered.map((one) => ({ value: one.id, label: one.title, detail: detailOf(one) }))}
      placeholder={t('task.answerPlaceholder')}
      help={t('task.answerHelp')}
    />
  );

  function detailOf(document: DocumentState): string {
    return [fullNumber(document, t), t(`stage.${document.stage}`), ...(document.inReplyTo === id ? [t('task.answerToThis')] : [])].join(' · ');
  }
}
