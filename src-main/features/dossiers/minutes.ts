import type { Output } from '../../../src-shared/contract/index.ts';
import { dayMonthYear } from '../../../src-shared/domain/calendar.ts';
import { formatDocumentDate } from '../../../src-shared/domain/notation.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { bodiesOf } from '../registers/head.ts';
import { retentionOf } from './package.ts';

/** Biên bản giao nhận hồ sơ (NĐ 30/2020 Art 30.3), to be signed by both sides. Only what is closed is handed over: `dossier.stage`. */
export async function handOverMinutes(context: DeskContext, dossiers: readonly DossierState[], receiver: string, date: string): Promise<Result<Output<'dossiers.minutes'>>> {
  const open = dossiers.find(({ stage }) => stage === 'open');
  if (open !== undefined) return fail('dossier.stage', { stage: open.stage });
  if (context.official === undefined) return fail('not-allowed');
  const { parentBody, body } = bodiesOf(context);
  const sorted = dossiers.toSorted((a, b) => a.year - b.year || a.code.localeCompare(b.code, 'vi'));
  const years = [...new Set(sorted.map(({ year }) => year))];
  const bytes = await context.official.minutes({
    parentBody, body,
    placeAndDate: `${context.office.location}, ${formatDocumentDate(date)}`,
    grounds: [],
    giver: { unit: body, people: [{ name: context.me.fullName, position: context.me.position }] },
    receiver: { unit: receiver.trim(), people: [] },
    subject: `Hồ sơ công việc năm ${years.join(', ')}`,
    dossiers: sorted.map((one) => ({
      code: one.code, title: one.title,
      time: one.endDate === null ? dayMonthYear(one.startDate) : `${dayMonthYear(one.startDate)} – ${dayMonthYear(one.endDate)}`,
      retention: retentionOf(one), sheets: one.pages === null ? '' : String(one.pages), note: one.note,
    })),
    remarks: [],
    copies: 2,
  });
  return ok({ fileName: `bien-ban-giao-nhan-ho-so-${date}.pdf`, bytes });
}
