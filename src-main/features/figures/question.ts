import { rollUp, successorsOf } from '../../../src-shared/domain/figures/merged-units.ts';
import type { FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import { reportOf, type FigureValue, type Report } from '../../../src-shared/domain/figures/report.ts';
import { usualTargets, type FigureTarget } from '../../../src-shared/domain/figures/targets.ts';
import type { OrganizationCode } from '../../../src-shared/domain/ids.ts';
import type { DeskContext } from '../context.ts';
import { rolesToday } from '../grants/in-force.ts';
import { vietnamDate } from '../vietnam-time.ts';

type Days = { readonly from: string; readonly to: string };

/** This unit's figures, those of the offices that it came after included. */
export function ownReport(context: Pick<DeskContext, 'store' | 'unit' | 'now'>, days: Days): Report {
  const period = { from: days.from, to: days.to, asOf: vietnamDate(context.now()) };
  return reportOf(rollUp(context.store.figureTally(period), successors(context)), { units: new Set([context.unit.code]), ...period });
}

/** What these figures of the whole unit say of the days, one value each, in their order. */
export function ownValues(context: Pick<DeskContext, 'store' | 'unit' | 'now'>, days: Days, figures: readonly FigureId[]): FigureValue[] {
  const period = { from: days.from, to: days.to, asOf: vietnamDate(context.now()) };
  const { rows } = reportOf(rollUp(context.store.figureTally(period, figures), successors(context)), { units: new Set([context.unit.code]), ...period });
  return figures.flatMap((figure) => rows.find((row) => row.figure === figure && row.by === '')?.value ?? []);
}

/** The codes under which this unit's past is kept. */
export function ownUnits(context: Pick<DeskContext, 'store' | 'unit'>): readonly string[] {
  const after = successors(context);
  return [context.unit.code, ...context.store.figureUnits().filter((code) => after.get(code) === context.unit.code)];
}

/** Along the directory, from every unit that was ever counted here. */
function successors({ store }: Pick<DeskContext, 'store'>): ReadonlyMap<string, string> {
  const entries = new Map<string, { readonly code: OrganizationCode; readonly successors: readonly OrganizationCode[] }>();
  const asked = [...store.figureUnits()];
  for (const code of asked) {
    const found = entries.has(code) ? null : store.findOrganization(code as OrganizationCode);
    if (found === null) continue;
    entries.set(code, found);
    asked.push(...found.successors);
  }
  return successorsOf([...entries.values()].map(({ code, successors: next }) => ({ code, successors: [...next] })));
}

/** Whoever gives work out and keeps an eye on it sees everybody's (NĐ 30/2020 Art 24.1), as on the board of work. */
export function seesAll(context: Pick<DeskContext, 'me' | 'now' | 'store' | 'role'>): boolean {
  return rolesToday(context).some((role) => role === 'leader' || role === 'clerk');
}

/** Left as the program has them until the office sets its own. */
export function targetsOf({ store }: Pick<DeskContext, 'store'>): { readonly targets: readonly FigureTarget[]; readonly own: boolean } {
  const set = store.office()?.targets;
  return { targets: set ?? usualTargets, own: set !== undefined };
}

/** Whether aims are those of a commune or of whoever stands above communes. */
export function levelOf({ unit }: Pick<DeskContext, 'unit'>): 'province' | 'commune' {
  // QCVN 102: province, then what stands beneath it; the province's own departments are of its level
  return unit.code.split('.').length >= 3 ? 'commune' : 'province';
}
