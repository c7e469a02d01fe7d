import { z } from 'zod';
import { localDate, organizationCode, personId } from './ids.ts';

export const organization = z.object({ code: organizationCode, name: z.string().min(1).max(200) });
export type Organization = z.infer<typeof organization>;

/** Who wrote a document. An office that the directory does not know, or a person, has a name and no code. */
export const correspondent = z.object({ code: organizationCode.nullable(), name: z.string().min(1).max(200) });
export type Correspondent = z.infer<typeof correspondent>;

/**
 * An office as the directory knows it. Offices have codes of two forms (QĐ 20/2020/QĐ-TTg Art 4, and the thirteen characters of QĐ 28/2018/QĐ-TTg Art 10.2a):
 * `otherCode` is the second one. One that ceased (the districts, 1 July 2025) is not sent to any more, and stays the sender of what it sent.
 */
export const directoryEntry = organization.extend({
  otherCode: organizationCode.nullable(),
  /** The office that this one belongs to. */
  parent: organizationCode.nullable(),
  /** Its last day. */
  ceasedOn: localDate.nullable(),
  /** Who took over its work. */
  successors: z.array(organizationCode).max(20),
});
export type DirectoryEntry = z.infer<typeof directoryEntry>;

/** What is not said of an office of which only code and name are known. */
export function plainEntry(office: Organization): DirectoryEntry {
  return { ...office, otherCode: null, parent: null, ceasedOn: null, successors: [] };
}

export const roles = ['clerk', 'leader', 'officer', 'administrator'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const person = z.object({
  id: personId,
  fullName: z.string().min(1).max(50),
  position: z.string().max(100),
  unit: organizationCode,
  roles: z.array(role).min(1),
});
export type Person = z.infer<typeof person>;
