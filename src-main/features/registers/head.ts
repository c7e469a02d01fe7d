import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import type { RegisterHead } from '../../../src-shared/domain/registers.ts';
import type { DeskContext } from '../context.ts';
import { vietnamDate } from '../vietnam-time.ts';

/** What stands above and below everything that this office prints of its registers: the bodies as the directory names them, the place and today. */
export function officeHead(context: DeskContext, year: number, signers: OfficialTable['signers'] = usualSigners): RegisterHead {
  return { ...bodiesOf(context), year, signers, printed: { place: context.office.location, date: vietnamDate(context.now()) } };
}

export function bodiesOf({ store, unit, office }: Pick<DeskContext, 'store' | 'unit' | 'office'>): { readonly parentBody: string | null; readonly body: string } {
  const parent = store.findOrganization(unit.code)?.parent ?? null;
  return { parentBody: parent === null ? null : (store.findOrganization(parent)?.name ?? null), body: office.organization ?? unit.name };
}

/** Written by hand when it is bound (NĐ 30/2020 Art 16.2b, 22.3b). */
const usualSigners: OfficialTable['signers'] = [{ title: 'VĂN THƯ CƠ QUAN', name: '' }, { title: 'THỦ TRƯỞNG CƠ QUAN', name: '' }];
