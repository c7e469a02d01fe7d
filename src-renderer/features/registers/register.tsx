import { FileSpreadsheet, FileText, Lock, Printer, SearchX, Table } from 'lucide-react';
import { useDeferredValue, useEffect, useLayoutEffect, useState } from 'react';
import type { MadeFile } from '../../app/use-made-file.ts';
import { useBridge, useStore } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatInstant } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Select } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Progress } from '../../ui/progress.tsx';
import { isWhole, keyOf, wholeBook, wrongEnds, type Book, type Part } from './books.ts';
import { CloseDialog } from './close-dialog.tsx';
import { PartFields } from './part-fields.tsx';
import { PrintView } from './print-view.tsx';
import { RegisterTable, useTableWindow } from './table.tsx';
import { useRegisterFile } from './use-file.ts';
import { useLines } from './use-lines.ts';

type OneRegisterProps = { readonly book: Book; readonly books: readonly Book[]; readonly part: Part; readonly mayClose: boolean; readonly onPart: (part: Part) => void; readonly onBook: (key: string) => void };

/** One register of one year: which part of it, its lines, and what can be made of it. */
export function OneRegister({ book, books, part, mayClose, onPart, onBook }: OneRegisterProps) {
  const { t, locale } = useI18n();
  const wrong = wrongEnds(part);
  const settled = useDeferredValue(wrong.numbers || wrong.days ? wholeBook : part);
  const asked = { register: book.register, book: book.book, ...settled };
  const [total, setTotal] = useState(0);
  const view = useTableWindow(total, JSON.stringify(asked));
  const lines = useLines(asked, view.shown);
  const count = lines.first?.total ?? 0;
  useLayoutEffect(() => setTotal(count), [count]);
  useServerVoids(book);
  const file = useRegisterFile(asked);
  const [paper, setPaper] = useState<MadeFile | null>(null);
  const [closing, setClosing] = useState(false);
  const [closedNow, setClosedNow] = useState(false);
  const thisYear = Number(useToday().slice(0, 4));
  const isPast = book.year < thisYear;
  const busy = file.state.step === 'making' || count === 0;

  if (paper) return <PrintView file={paper} title={t('registers.print')} back={t('registers.back')} onClose={() => setPaper(null)} />;
  return (
    <>
      <div className="list-heading register-heading">
        <h1>{t('nav.registers')}</h1>
        <div className="register-deeds">
          <Button kind="strong" icon={Printer} disabled={busy} onPress={() => file.show(setPaper)}>{t('registers.print')}</Button>
          <Button icon={FileText} disabled={busy} onPress={() => file.save('pdf')}>{t('registers.save.pdf')}</Button>
          <Button icon={FileSpreadsheet} disabled={busy} onPress={() => file.save('xlsx')}>{t('registers.save.xlsx')}</Button>
          <Button icon={Table} disabled={busy} onPress={() => file.save('csv')}>{t('registers.save.csv')}</Button>
          {mayClose && isPast && book.closed === null && <Button icon={Lock} onPress={() => setClosing(true)}>{t('registers.close')}</Button>}
        </div>
      </div>
      <div className="register-part">
        <Select
          label={t('registers.book')} value={keyOf(book)} onChange={onBook}
          options={books.map((one) => ({ value: keyOf(one), label: t('registers.bookLine', { year: one.year, name: one.name, count: one.count }) }))}
        />
        <PartFields part={part} onChange={onPart} />
      </div>
      <div className="register-notes">
        {file.state.step === 'making' && <Progress label={t('registers.making', { count })} done={0} total={null} onCancel={file.stop} />}
        {file.state.step === 'saved' && <Note tone="ok" live title={t('registers.saved', { name: file.state.name, size: formatBytes(file.state.sizeBytes, locale) })}>{t('registers.savedHelp')}</Note>}
        <ErrorNote error={file.state.step === 'refused' ? file.state.error : lines.error} />
        {closedNow && <Note tone="ok" live>{t('registers.closedNow', { year: book.year })}</Note>}
      </div>
      <div className="register-about">
        {book.closed && <Pill tone="neutral" icon={Lock}>{t('registers.closed', { at: formatInstant(book.closed.at) })}</Pill>}
        {lines.first && <strong role="status">{lines.first.table.notes[0] ?? t('registers.lines', { count })}</strong>}
        {lines.first && book.register !== 'tracking' && <span className="quiet">{lines.first.voidsAsOf === null ? t('registers.notAsked') : t('registers.asOf', { at: formatInstant(lines.first.voidsAsOf) })}</span>}
        {!isWhole(part) && <button type="button" className="text-button" onClick={() => onPart(wholeBook)}>{t('registers.whole')}</button>}
      </div>
      {lines.first && count === 0 && <Empty icon={SearchX} title={t('registers.noLines')} action={<Button onPress={() => onPart(wholeBook)}>{t('registers.whole')}</Button>}>{t('registers.noLinesHelp')}</Empty>}
      <RegisterTable book={book} lines={lines} view={view} label={t('registers.table', { name: book.name, year: book.year })} />
      {closing && <CloseDialog book={book} onClose={() => setClosing(false)} onDone={() => { setClosing(false); setClosedNow(true); }} />}
    </>
  );
}

/** Which numbers the server made void is asked once for every book that is opened; without a line what was kept stays, and says of when it is. */
function useServerVoids({ book }: Book): void {
  const bridge = useBridge();
  const store = useStore();
  useEffect(() => {
    void bridge['registers.refresh']({ book }).then((said) => {
      if (said.ok) store.invalidate(({ channel }) => channel === 'registers.page');
    });
  }, [bridge, store, book]);
}
