import { mostExported, type ResultFormat } from '../../../src-shared/contract/results.ts';
import type { Folder } from '../../../src-shared/contract/documents.ts';
import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { DocumentId, PersonId } from '../../../src-shared/domain/ids.ts';
import { resultsRow, resultsTable } from '../../../src-shared/domain/results-table.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { SheetWriter } from '../../ports/printing.ts';
import type { DeskContext } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import { bodiesOf } from '../registers/head.ts';
import { readingOf } from '../registers/entries.ts';
import { vietnamDate } from '../vietnam-time.ts';

type ResultHandlers = Pick<Handlers, Extract<keyof Handlers, `results.${string}`>>;

/** `at`: how many of `ids` were looked at; `rows`: how many of them were here. */
type Export = { readonly id: string; readonly ids: readonly DocumentId[]; readonly folder: Folder; readonly format: ResultFormat; readonly fileName: string; readonly sheet: SheetWriter; readonly nameOf: (person: PersonId) => string; at: number; rows: number };

/** A step reads no longer than this, and then lets others have their turn. */
const stepMs = 20;
/** Rows between two looks at the clock. */
const atOnce = 20;

/** Xuất kết quả: the list that is shown as a file, a step at a time. */
export function resultHandlers(context: Pick<DeskContext, 'store' | 'me' | 'unit' | 'office' | 'official' | 'now' | 'newId'>): ResultHandlers {
  const { store } = context;
  let current: Export | null = null;
  return {
    'results.begin': (input) => begin(input),
    'results.step': ({ exportId }) => withCurrent(exportId, (one) => {
      const endMs = performance.now() + stepMs;
      while (one.at < one.ids.length && performance.now() < endMs) read(one);
      return ok({ done: one.at, total: one.ids.length });
    }),
    'results.finish': async ({ exportId }) => {
      const one = find(exportId);
      if (one === null) return gone;
      if (one.at < one.ids.length) return fail('input.invalid', { where: 'results.step' });
      const bytes = await one.sheet.finish();
      drop(exportId);
      return bytes === null ? gone : ok({ fileName: one.fileName, rows: one.rows, bytes });
    },
    'results.drop': ({ exportId }) => {
      drop(exportId);
      return ok({});
    },
  };

  function begin({ folder, query, quick, ids: only, format }: ParsedInput<'results.begin'>): Result<{ exportId: string; total: number }> {
    if (context.official === undefined) return fail('not-allowed');
    const now = context.now();
    const listed = store.listIds({ folder, me: context.me.id, text: query, quick, today: vietnamDate(now) }, mostExported);
    const ids = only === null ? listed.ids : inOrderOf(listed.ids, only);
    if (ids.length === 0) return fail('results.none');
    if (only === null && listed.total > mostExported) return fail('results.too-many', { count: listed.total, limit: mostExported });
    if (current !== null) drop(current.id);
    const table = resultsTable(bodiesOf(context), { folder, query, quick, chosen: only !== null, at: now.toISOString(), total: ids.length });
    const { nameOf } = readingOf(context, () => []);
    current = { id: context.newId(), ids, folder, format, fileName: fileNameOf(folder, now, format), sheet: context.official.beginSheet(table, format), nameOf, at: 0, rows: 0 };
    return ok({ exportId: current.id, total: ids.length });
  }

  function read(one: Export): void {
    const rows: (readonly string[])[] = [];
    for (const id of one.ids.slice(one.at, one.at + atOnce)) {
      one.at += 1;
      const listed = store.findListed(id);
      // taken back by its sender's office between two steps: it is in no list any more
      if (listed === null) continue;
      one.rows += 1;
      rows.push(resultsRow(one.folder, listed, one.rows, one));
    }
    one.sheet.add(rows);
  }

  function find(exportId: string): Export | null {
    return current?.id === exportId ? current : null;
  }

  function withCurrent<T>(exportId: string, work: (one: Export) => Result<T>): Result<T> {
    const one = find(exportId);
    return one === null ? gone : work(one);
  }

  function drop(exportId: string): void {
    const one = find(exportId);
    if (one === null) return;
    current = null;
    one.sheet.stop();
  }
}

/** As the list has them; what was chosen further down than the list was read comes behind, as it was chosen. */
function inOrderOf(list: readonly DocumentId[], chosen: readonly DocumentId[]): readonly DocumentId[] {
  const wanted = new Set(chosen);
  const found = list.filter((id) => wanted.delete(id));
  return [...found, ...wanted];
}

const gone = fail('not-found', { what: 'export' });

const names: Readonly<Record<Folder, string>> = { incoming: 'van-ban-den', signing: 'trinh-ky', issuing: 'phat-hanh', outgoing: 'van-ban-di', tasks: 'cong-viec' };

/** ASCII words and the moment, so that every system takes it and no two are one. */
function fileNameOf(folder: Folder, now: Date, format: ResultFormat): string {
  const local = new Date(now.getTime() + 7 * 3_600_000).toISOString();
  return `danh-sach-${names[folder]}-${local.slice(0, 10)}-${local.slice(11, 16).replace(':', '')}.${format}`;
}
