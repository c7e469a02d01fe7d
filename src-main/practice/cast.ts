import type { OrganizationCode, PersonId } from '../../src-shared/domain/ids.ts';
import type { Organization, Person, Role } from '../../src-shared/domain/organization.ts';

/** The made-up office in which people practise: names, codes and PINs are invented and shown on the screen. */
export type CastDesk = {
  readonly id: string;
  readonly title: string;
  readonly person: Person;
  readonly role: Role;
  readonly unit: Organization;
  readonly user: string;
  readonly password: string;
  readonly pin: string;
  /** Whose certificate lies on this desk's token. */
  readonly holder: { readonly kind: 'person' | 'organization'; readonly commonName: string };
  /** Hidden desks only send the documents that the practice begins with. */
  readonly visible: boolean;
};

const commune = unit('H48.60.12', 'UBND xã Sơn Tịnh');
const department = unit('H48.14', 'Sở Khoa học và Công nghệ tỉnh Quảng Ngãi');
const province = unit('H48.01', 'Văn phòng UBND tỉnh Quảng Ngãi');

export const practiceUnits = { commune, department, province } as const;

/** Offices that can be written to but have no desk here. */
export const otherOrganizations: readonly Organization[] = [
  unit('H48.15', 'Sở Nội vụ tỉnh Quảng Ngãi'),
  unit('H48.16', 'Sở Giáo dục và Đào tạo tỉnh Quảng Ngãi'),
  unit('H48.60.13', 'UBND xã Tịnh Giang'),
  unit('H48.60.14', 'UBND xã Trường Giang'),
  unit('000.00.00.G22', 'Văn phòng Chính phủ'),
];

export const cast: readonly CastDesk[] = [
  desk('commune-clerk', 'Văn thư xã', 'Trần Thị Mai', 'Văn thư', 'clerk', commune, '246810', 'Ủy ban nhân dân xã Sơn Tịnh', true),
  desk('commune-leader', 'Chủ tịch xã', 'Nguyễn Đức Thắng', 'Chủ tịch', 'leader', commune, '135790', 'Nguyễn Đức Thắng', true),
  desk('department-clerk', 'Văn thư Sở KH&CN', 'Lê Thị Hoa', 'Văn thư', 'clerk', department, '112233', department.name, true),
  desk('department-leader', 'Giám đốc Sở KH&CN', 'Võ Văn Bình', 'Giám đốc', 'leader', department, '445566', 'Võ Văn Bình', false),
  desk('province-clerk', 'Văn thư UBND tỉnh', 'Phạm Thị Lan', 'Văn thư', 'clerk', province, '778899', province.name, false),
  desk('province-leader', 'Chánh Văn phòng UBND tỉnh', 'Đặng Quốc Hùng', 'Chánh Văn phòng', 'leader', province, '998877', 'Đặng Quốc Hùng', false),
];

/** Where each office's registers stand when the practice begins. */
export const bookStarts: readonly { readonly unit: Organization; readonly outgoing: number; readonly incoming: number }[] = [
  { unit: commune, outgoing: 15, incoming: 418 },
  { unit: department, outgoing: 1245, incoming: 3011 },
  { unit: province, outgoing: 88, incoming: 1520 },
];

function unit(code: string, name: string): Organization {
  return { code: code as OrganizationCode, name };
}

function desk(id: string, title: string, fullName: string, position: string, role: Role, unit: Organization, pin: string, commonName: string, visible: boolean): CastDesk {
  return {
    id, title, role, unit, pin, visible,
    person: { id: id as PersonId, fullName, position, unit: unit.code, roles: role === 'clerk' ? [role, 'administrator'] : [role] },
    user: id,
    password: `luyen-tap-${id}`,
    holder: { kind: role === 'leader' ? 'person' : 'organization', commonName },
  };
}
