import { bookId, organizationCode, personId, type BookId, type OrganizationCode } from '../../../src-shared/domain/ids.ts';
import type { Organization, Person, Role } from '../../../src-shared/domain/organization.ts';

export const commune: Organization = { code: organizationCode.parse('H48.60.12'), name: 'UBND xã Phú Lâm' };
export const department: Organization = { code: organizationCode.parse('H48.05'), name: 'Sở Nội vụ' };
/** Sends, and has no desk in these worlds. */
export const province: Organization = { code: organizationCode.parse('H48'), name: 'UBND tỉnh Hà Sơn' };
export const offices = [province, commune, department] as const;
export const password = 'mật khẩu dài';

export type Seat = { readonly name: string; readonly user: string; readonly unit: Organization; readonly role: Role; readonly person: Person };

function seat(name: string, unit: Organization, role: Role, fullName: string): Seat {
  const user = `${name}.user`;
  return { name, user, unit, role, person: { id: personId.parse(user), fullName, position: 'Công chức', unit: unit.code, roles: [role] } };
}

/** Two clerks want the same books; whoever holds one numbers. */
export const seats: readonly Seat[] = [
  seat('clerk', commune, 'clerk', 'Trần Thị Bình'),
  seat('leader', commune, 'leader', 'Nguyễn Văn An'),
  seat('second', commune, 'clerk', 'Lê Thị Cúc'),
  seat('other', department, 'clerk', 'Phạm Văn Dũng'),
];

export function bookOf(unit: OrganizationCode, register: 'van-ban-di' | 'van-ban-den'): BookId {
  return bookId.parse(`${unit}/2026/${register}`);
}
