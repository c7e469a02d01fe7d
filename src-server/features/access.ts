import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { roles, type Role } from '../../src-shared/domain/organization.ts';
import type { AppError } from '../../src-shared/result.ts';

/** Those who work on documents. An administrator keeps accounts and reads no letter: the two are different accounts, under different names. */
const desks = ['clerk', 'leader', 'officer'] as const satisfies readonly Role[];

/** Which roles a route is for, by the route's name. A route that is not named here is nobody's. `province`: of the province's own unit alone. */
type Access = { readonly roles: readonly Role[]; readonly province?: true; /** Answered before a first password is changed. */ readonly beforeChange?: true };

export const access: Readonly<Record<string, Access>> = {
  'session-password': { roles, beforeChange: true },
  'session-end': { roles, beforeChange: true },
  push: { roles: desks },
  changes: { roles: desks },
  events: { roles: desks },
  snapshot: { roles: desks },
  'snapshot-bytes': { roles: desks },
  // the book is the clerk's: numbers are given by who keeps the register (NĐ 30/2020 Art 15, 22)
  lease: { roles: ['clerk'] },
  'book-return': { roles: ['clerk'] },
  // what the register shows, its void numbers among them
  'book-numbers': { roles: ['clerk', 'leader'] },
  directory: { roles },
  trust: { roles },
  'update-release': { roles },
  'update-yml': { roles },
  'update-file': { roles },
  'upload-options': { roles: desks },
  'upload-open': { roles: desks },
  'upload-head': { roles: desks },
  'upload-patch': { roles: desks },
  blob: { roles: desks },
  'blob-head': { roles: desks },
  'package-key': { roles: desks },
  'package-station': { roles: desks },
  // what is brought acts as its author; anybody with a line may bring it
  packages: { roles },
  'package-head': { roles },
  'package-patch': { roles },
  'package-take': { roles },
  'package-station-end': { roles },
  // which units it is told of is the call's own matter
  figures: { roles: desks },
  audit: { roles: ['administrator'], province: true },
  sessions: { roles: ['administrator'] },
  'sessions-end': { roles: ['administrator'] },
};

/** Why this session may not use this route, or null. The router asks before it calls. */
export function findRefusal(route: string, session: { readonly role: Role; readonly unit: { readonly code: OrganizationCode }; readonly mustChange: boolean }): AppError | null {
  const rule = Object.hasOwn(access, route) ? access[route] : undefined;
  if (session.mustChange && rule?.beforeChange !== true) return { code: 'session.must-change' };
  if (rule === undefined || !rule.roles.includes(session.role)) return { code: 'not-allowed' };
  return rule.province === true && !isProvinceUnit(session.unit.code) ? { code: 'not-allowed' } : null;
}

/** A code of the first level is the province's own (QĐ 20/2020/QĐ-TTg Art 4: `H48`; QĐ 28/2018/QĐ-TTg Art 10.2a: `000.00.00.H48`). */
export function isProvinceUnit(code: OrganizationCode): boolean {
  return /^(?:[A-Y]\d\d|000\.00\.00\.[A-Y]\d\d)$/.test(code);
}
