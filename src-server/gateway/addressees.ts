import { organizationCode, type OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { DirectoryEntry, Organization } from '../../src-shared/domain/organization.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import type { DirectoryTable } from '../storage/port.ts';
import type { Office } from './exchange-types.ts';

export type Refused = { readonly office: Organization; readonly reason: string };
/** Whom of ours a package is for. Both empty: it is for none of us. */
export type Addressees = { readonly taken: readonly Organization[]; readonly refused: readonly Refused[] };

/** By the code that the package names, in either of its forms. An office of ours that the directory does not know, or that ceased, cannot take anything in: its sender is told why. */
export async function readAddressees(directory: DirectoryTable, isOurs: (code: OrganizationCode) => boolean, to: readonly Office[], nowMs: number): Promise<Addressees> {
  const taken: Organization[] = [];
  const refused: Refused[] = [];
  for (const { code: said, name } of to) {
    const code = organizationCode.safeParse(said);
    if (!code.success) continue;
    const known = await directory.find(code.data);
    if (!isOurs(code.data) && (known === null || !isOurs(known.code))) continue;
    const office = known === null ? { code: code.data, name } : { code: known.code, name: known.name };
    if ([...taken, ...refused.map((each) => each.office)].some((each) => each.code === office.code)) continue;
    const reason = known === null ? `mã định danh ${said} không có trong danh mục cơ quan của hệ thống nhận` : ceasedReason(known, vietnamDay(nowMs));
    if (reason === null) taken.push(office);
    else refused.push({ office, reason });
  }
  return { taken, refused };
}

/** The code under which the directory knows the office now; as it was said, where it knows none. */
export async function presentCode(directory: DirectoryTable, said: string): Promise<{ readonly code: OrganizationCode | null; readonly forms: readonly string[] }> {
  const code = organizationCode.safeParse(said);
  if (!code.success) return { code: null, forms: [said] };
  const known = await directory.find(code.data);
  return known === null ? { code: code.data, forms: [said] } : { code: known.code, forms: [...new Set([said, known.code, ...(known.otherCode === null ? [] : [known.otherCode])])] };
}

function ceasedReason({ name, ceasedOn, successors }: DirectoryEntry, today: string): string | null {
  if (ceasedOn === null || ceasedOn >= today) return null;
  const heirs = successors.length === 0 ? '' : `; cơ quan kế thừa: ${successors.join(', ')}`;
  return `${name} đã kết thúc hoạt động ngày ${ceasedOn.split('-').toReversed().join('/')}${heirs}`;
}
