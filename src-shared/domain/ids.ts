import { z } from 'zod';

/** UUIDv7 made where the person clicked; never made anew for a retry. */
export const documentId = z.uuid().brand<'DocumentId'>();
export type DocumentId = z.infer<typeof documentId>;

export const commandId = z.uuid().brand<'CommandId'>();
export type CommandId = z.infer<typeof commandId>;

/**
 * Organisation code. QĐ 20/2020/QĐ-TTg Art 4 (≤ 35 characters, level 1 first) or the older thirteen-character
 * form of QĐ 28/2018/QĐ-TTg Art 10.2a (level 1 last); both stay valid in history.
 */
export const organizationCode = z
  .string()
  .max(35)
  .regex(/^(?:[A-Y][0-9]{2}(?:\.[0-9A-Z]+)*|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2})$/)
  .brand<'OrganizationCode'>();
export type OrganizationCode = z.infer<typeof organizationCode>;

export const personId = z.string().min(1).max(64).brand<'PersonId'>();
export type PersonId = z.infer<typeof personId>;

/** Lời ủy quyền, giao thay: one written leave to act for another (records.ts). */
export const grantId = z.uuid().brand<'GrantId'>();
export type GrantId = z.infer<typeof grantId>;

/** Lower-case hex SHA-256 of a whole content. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/).brand<'Sha256'>();
export type Sha256 = z.infer<typeof sha256>;

/** A register (sổ): `<unit>/<year>/<register>`, e.g. `H48.60.12/2026/cong-van-di`. One station holds it at a time. */
export const bookId = z.string().min(1).max(120).brand<'BookId'>();
export type BookId = z.infer<typeof bookId>;

/** A date without time in the Vietnam calendar: `yyyy-mm-dd`. */
export const localDate = z.iso.date();
/** An instant with zone, ISO 8601. */
export const instant = z.iso.datetime({ offset: true });
