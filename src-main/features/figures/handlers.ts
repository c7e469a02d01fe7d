import type { Output, ParsedInput } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { monthsUpTo } from '../../../src-shared/domain/figures/periods.ts';
import type { Report } from '../../../src-shared/domain/figures/report.ts';
import type { FigureTarget } from '../../../src-shared/domain/figures/targets.ts';
import { recordId } from '../../../src-shared/domain/records/record-id.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { actOnRecord } from '../documents/act.ts';
import type { Handlers } from '../handlers.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { reportFile } from './file.ts';
import { levelOf, ownReport, ownUnits, ownValues, seesAll, targetsOf } from './question.ts';

type FigureHandlers = Pick<Handlers, Extract<keyof Handlers, `figures.${string}`>>;
type Told = Output<'figures.report'>;

/** What a person did a moment ago is in what they look at next; more than this many are left to the worker. */
const caughtUp = 60;
const catchUpMs = 40;

/** The office's figures (ADR 0036, 0039): by what is here, without the line. */
export function figureHandlers(context: DeskContext): FigureHandlers {
  const { store, me } = context;
  return {
    'figures.report': ({ period, compare }) => {
      catchUp();
      const all = seesAll(context);
      return ok({
        at: context.now().toISOString(), lastSyncAt: context.sync.status().lastSyncAt, counting: store.figureStanding(),
        report: told(ownReport(context, period), all), before: compare === null ? null : told(ownReport(context, compare), all),
        targets: [...targetsOf(context).targets], level: levelOf(context), seesAll: all, people: store.people().map(({ id, fullName }) => ({ id, name: fullName })),
      });
    },
    'figures.months': ({ to, months, figures }) => {
      catchUp();
      return ok({ months: monthsUpTo(to, months).map((days) => ({ ...days, values: ownValues(context, days, figures) })) });
    },
    'figures.drill': (input) => drill(input),
    'figures.targets': () => ok({ ...mutable(targetsOf(context)), maySet: context.role === 'leader' || context.role === 'clerk' }),
    'figures.setTargets': ({ targets }) => {
      const done = actOnRecord(context, recordId(context.unit.code, 'office'), { type: 'setTargets', args: { targets } });
      return done.ok ? ok({}) : done;
    },
    'figures.export': ({ period, compare, format }) => {
      catchUp();
      const all = seesAll(context);
      const of = (days: typeof period): Report => visible(ownReport(context, days), all);
      return reportFile(context, { report: of(period), before: compare === null ? null : of(compare), ...targetsOf(context), level: levelOf(context), left: store.figureStanding().left }, format);
    },
  };

  function catchUp(): void {
    if (store.figureStanding().left <= caughtUp) store.figureWork(catchUpMs);
  }

  function drill({ period, figure, by, part, offset, limit }: ParsedInput<'figures.drill'>): Result<Output<'figures.drill'>> {
    if (!maySee(by, seesAll(context))) return fail('not-allowed');
    const found = store.figureRows({ figure, by, part, ...period, asOf: vietnamDate(context.now()), units: ownUnits(context), offset, limit, oldest: figure === 'overdue' });
    const rows = found.rows.flatMap(({ id, day }): Output<'figures.drill'>['rows'] => {
      const document = store.findListed(id as DocumentId)?.state ?? null;
      const record = document === null ? store.findRecord(id as DocumentId)?.state : undefined;
      const dossier = record?.record === 'dossier' ? { id: record.id, code: record.code, title: record.title, keeper: record.keeper } : null;
      // taken away since it was counted: the worker takes it out
      return document === null && dossier === null ? [] : [{ day, document, dossier }];
    });
    return ok({ total: found.total, rows });
  }

  function visible(report: Report, all: boolean): Report {
    return all ? report : { ...report, rows: report.rows.filter(({ by }) => maySee(by, false)) };
  }

  function told(report: Report, all: boolean): Told['report'] {
    const { rows, ...days } = visible(report, all);
    return { ...days, rows: rows.map((row) => ({ ...row })) };
  }

  function maySee(by: string, all: boolean): boolean {
    return all || !by.startsWith('person:') || by === `person:${me.id}`;
  }
}

function mutable({ targets, own }: { readonly targets: readonly FigureTarget[]; readonly own: boolean }): { targets: FigureTarget[]; own: boolean } {
  return { targets: [...targets], own };
}
