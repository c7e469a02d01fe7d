import { z } from 'zod';
import { documentId, instant, personId } from '../ids.ts';
import { versions } from '../meta.ts';
import { organization } from '../organization.ts';
import { dossierCode, retention } from './dossier.ts';

const entry = z.object({
  code: dossierCode,
  /** Đề mục (`heading`) has no retention of its own. */
  heading: z.boolean(),
  title: z.string().trim().min(1).max(500),
  retention: retention.nullable(),
  keeper: personId.nullable(),
  note: z.string().max(500),
});
export type CatalogueEntry = z.infer<typeof entry>;

const setArgs = z.object({ year: z.int().min(1990).max(2200), entries: z.array(entry).max(1000) });

export const catalogueCommandBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('setCatalogue'), args: setArgs }),
  z.object({ type: z.literal('approveCatalogue'), args: z.object({}) }),
]);
export const catalogueEventBody = z.discriminatedUnion('type', [
  setArgs.extend({ type: z.literal('catalogueSet'), unit: organization }),
  z.object({ type: z.literal('catalogueApproved') }),
]);

/** Danh mục hồ sơ của năm (NĐ 30/2020 Art 28, App V): approved by the head, issued at the start of the year. One a year, under `recordId(unit, 'catalogue/<year>')`. */
export const catalogueState = z.object({
  record: z.literal('catalogue'),
  id: documentId,
  unit: organization,
  year: z.int(),
  entries: z.array(entry),
  /** By whom and when; null: a proposal still. */
  approved: z.object({ by: z.string(), at: instant }).nullable(),
  versions,
  createdAt: instant,
  updatedAt: instant,
});
export type CatalogueState = z.infer<typeof catalogueState>;
