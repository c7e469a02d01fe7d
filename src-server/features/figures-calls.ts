import { organizationCode, type OrganizationCode } from '../../src-shared/domain/ids.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import { figureMonth, type FiguresResponse } from '../../src-shared/protocol/figures.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { json, refuse } from '../http/call.ts';
import type { Call, Route } from '../http/router.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import type { Storage } from '../storage/port.ts';
import { isProvinceUnit } from './access.ts';
import type { SignedIn } from './deps.ts';
import { monthsBetween, viewFigures, viewTogether } from './figures-view.ts';

/** `readers`: units that see every unit, besides the province's own. `publicFeed`: counts of all together for anybody. */
export type FigureRights = { readonly readers: readonly OrganizationCode[]; readonly publicFeed: boolean };
export type FigureParts = { readonly storage: Storage; readonly now: () => number; readonly rights: FigureRights };

/** Three years at once: a month is sixty rows of a unit. */
const mostMonths = 36;

export function seesAllUnits(unit: OrganizationCode, { readers }: FigureRights): boolean {
  return isProvinceUnit(unit) || readers.includes(unit);
}

export type Asked = { readonly from: string; readonly to: string; readonly unit: string | null };

/** What a session may know of these months. Errors: `input.invalid` with the place, `not-allowed` for another unit's, `not-found` where there is none such. */
export async function askFigures({ storage, now, rights }: FigureParts, session: Pick<SignedIn, 'unit'>, { from, to, unit }: Asked): Promise<Result<FiguresResponse>> {
  const today = vietnamDay(now());
  for (const [where, month] of [['from', from], ['to', to]] as const) if (!figureMonth.safeParse(month).success || month > today.slice(0, 7)) return fail('input.invalid', { where });
  if (from > to || monthsBetween(from, to) >= mostMonths) return fail('input.invalid', { where: 'from' });
  const all = seesAllUnits(session.unit.code, rights);
  if (unit !== null && !organizationCode.safeParse(unit).success) return fail('input.invalid', { where: 'unit' });
  if (unit !== null && unit !== session.unit.code && !all) return fail('not-allowed');
  return storage.read(async (tx) => {
    const of: Organization | null = unit === null || unit === session.unit.code ? session.unit : await tx.directory.find(unit as OrganizationCode);
    return of === null ? fail('not-found', { what: unit ?? '' }) : ok(await viewFigures(tx, { unit: of, from, to, today, all }));
  });
}

export function figureRoutes(parts: FigureParts): readonly Route[] {
  async function own({ url }: Call, session: SignedIn) {
    const month = vietnamDay(parts.now()).slice(0, 7);
    const to = url.searchParams.get('to') ?? month;
    const answer = await askFigures(parts, session, { from: url.searchParams.get('from') ?? to, to, unit: url.searchParams.get('unit') });
    return answer.ok ? json(200, answer.value) : refuse(answer.error);
  }
  async function together() {
    if (!parts.rights.publicFeed) return refuse({ code: 'not-found', params: { what: '' } });
    const today = vietnamDay(parts.now());
    const { units, months } = await parts.storage.read((tx) => viewTogether(tx, today));
    return { ...json(200, { asOf: today, units, months }), headers: { 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' } };
  }
  return [
    { method: 'GET', path: /^\/v1\/figures$/, name: 'figures', handle: own },
    { method: 'GET', path: /^\/v1\/figures\/public$/, name: 'figures-public', open: true, handle: together },
  ];
}
