import { Download, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { saveBytes } from '../../pdf/save-bytes.ts';
import { Button } from '../../ui/button.tsx';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { wordsOfDeed, wordsOfSubject } from './audit-words.ts';

type Row = Output<'audit.page'>['rows'][number];
type Checked = Output<'audit.check'>;

const perPage = 20;

/** What was done at this desk: to read, to check that nobody has changed it, to carry away. */
export function AuditSetting() {
  const t = useT();
  const [offset, setOffset] = useState(0);
  const { data, error } = useQuery('audit.page', { offset, limit: perPage });
  const check = useAction('audit.check');
  const carry = useAction('audit.export');
  const [checked, setChecked] = useState<Checked | null>(null);

  async function look(): Promise<void> {
    const result = await check.run({ expect: null });
    if (result.ok) setChecked(result.value);
  }

  async function save(): Promise<void> {
    const result = await carry.run({});
    if (result.ok) saveBytes([new Uint8Array(result.value.bytes)], result.value.fileName, 'application/x-ndjson');
  }

  const columns: readonly GridColumn<Row>[] = [
    { id: 'at', name: t('audit.at'), cell: (row) => formatInstant(row.at) },
    { id: 'deed', name: t('audit.deed'), rowHeader: true, cell: (row) => wordsOfDeed(row, t) },
    { id: 'subject', name: t('audit.subject'), cell: (row) => wordsOfSubject(row, t) },
    { id: 'who', name: t('audit.who'), cell: (row) => row.name },
  ];
  const total = data?.total ?? 0;
  return (
    <section className="settings-part" aria-label={t('audit.title')}>
      <h2>{t('audit.title')}</h2>
      <p className="quiet">{t('audit.help')}</p>
      <ErrorNote error={error ?? check.error ?? carry.error} />
      {data && <Grid label={t('audit.title')} columns={columns} rows={data.rows} rowId={(row) => String(row.seq)} empty={t('audit.none')} />}
      <div className="settings-row">
        <Button disabled={offset === 0} onPress={() => setOffset(Math.max(0, offset - perPage))}>{t('audit.newer')}</Button>
        <Button disabled={offset + perPage >= total} onPress={() => setOffset(offset + perPage)}>{t('audit.older')}</Button>
        <span className="quiet" role="status">{t('audit.place', { from: Math.min(offset + 1, total), to: Math.min(offset + perPage, total), total })}</span>
      </div>
      <div className="settings-row">
        <Button icon={ShieldCheck} disabled={check.busy} onPress={() => void look()}>{t('audit.check')}</Button>
        <Button icon={Download} disabled={carry.busy} onPress={() => void save()}>{t('audit.save')}</Button>
      </div>
      {checked !== null && <Verdict checked={checked} />}
    </section>
  );
}

function Verdict({ checked: { lines, faultCount, faults, head } }: { readonly checked: Checked }) {
  const t = useT();
  if (faultCount === 0) return <Note tone="ok" live>{t('audit.whole', { lines })} {head !== null && <>{t('audit.writeDown')} <code className="audit-head">{`${head.seq}:${head.hash}`}</code></>}</Note>;
  return (
    <Note tone="bad" live>
      {t('audit.broken', { count: faultCount })}
      <ul>{faults.map(({ kind, from, to }) => <li key={`${kind}-${from}`}>{t(`audit.fault.${kind}`, { from, to })}</li>)}</ul>
    </Note>
  );
}
