import { z } from 'zod';
import { organizationCode, personId } from './ids.ts';

export const organization = z.object({ code: organizationCode, name: z.string().min(1).max(200) });
export type Organization = z.infer<typeof organization>;

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
