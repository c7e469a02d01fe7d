import { z } from 'zod';
import { contentRef, documentState } from '../domain/document.ts';
import { documentId, grantId, localDate, personId } from '../domain/ids.ts';
import { role } from '../domain/organization.ts';
import { catalogueState } from '../domain/records/catalogue.ts';
import { dossierCode, dossierState, retention } from '../domain/records/dossier.ts';
import { grant, grantCapacities } from '../domain/records/office.ts';
import { call } from './define.ts';
import { syncState } from './documents.ts';
import { exportFormat, officialTable } from './registers.ts';

const one = z.object({ id: documentId });
const description = z.object({
  code: dossierCode, title: z.string().trim().min(1).max(500), retention, keeper: personId, startDate: localDate, construction: z.boolean(), rights: z.string().max(30), note: z.string().max(500),
});

/** What stands in the way of closing, or should be looked at first. `blocks`: it cannot be closed like this. */
export const dossierCheck = z.object({ check: z.enum(['empty', 'draft', 'unregistered', 'unfinished', 'twice', 'missing-file', 'no-code', 'short-lived']), blocks: z.boolean(), documents: z.array(documentId), message: z.string() });

export const dossierView = z.object({
  state: dossierState,
  sync: syncState,
  /** The day by which it is handed over; null: open still, or kept for less than five years (NĐ 30/2020 Art 30). */
  handOverDue: localDate.nullable(),
  /** Within thirty days, or past. */
  dueSoon: z.boolean(),
});
export type DossierView = z.infer<typeof dossierView>;

export const dossierCalls = {
  'dossiers.list': call(
    z.object({ text: z.string().max(200), stage: dossierState.shape.stage.nullable(), year: z.int().nullable(), offset: z.int().nonnegative(), limit: z.int().positive().max(200) }),
    z.object({ total: z.int(), rows: z.array(dossierView) }),
  ),
  /** `due`: those whose notice stands (thirty days before, NĐ 30/2020 App VI.III.5b), the nearest first. `recent`: open ones, what was touched last first, ten at most. */
  'dossiers.atHand': call(z.object({}), z.object({ due: z.array(dossierView), recent: z.array(dossierView) })),
  /** Documents in the order of their dates, as the index has them. */
  'dossiers.read': call(one, dossierView.extend({ documents: z.array(documentState), checks: z.array(dossierCheck), index: officialTable })),
  /** In which dossiers a document lies. */
  'dossiers.of': call(one, z.object({ rows: z.array(dossierView) })),
  'dossiers.open': call(description.extend({ year: z.int(), catalogueCode: dossierCode.nullable() }), dossierView),
  'dossiers.edit': call(one.extend(description.partial().shape), dossierView),
  'dossiers.file': call(one.extend({ documents: z.array(documentId).min(1).max(500) }), dossierView),
  'dossiers.unfile': call(one.extend({ documents: z.array(documentId).min(1).max(500) }), dossierView),
  'dossiers.close': call(one.extend({ endDate: localDate, pages: z.int().nonnegative().nullable() }), dossierView),
  'dossiers.reopen': call(one.extend({ reason: z.string().max(1000) }), dossierView),
  'dossiers.keep': call(one.extend({ until: localDate, consent: z.string().max(300) }), dossierView),
  'dossiers.handOver': call(one.extend({ receiver: z.string().max(200), date: localDate }), dossierView),
  /** The index of its documents as a file. */
  'dossiers.index': call(one.extend({ format: exportFormat }), z.object({ fileName: z.string(), bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) })),
  /**
   * PDFs, indexes and XML with hashes in one ZIP, taken in pieces: `begin` makes it on this machine and answers its size, `read` gives its bytes, `end` lets go of it.
   * Error: `content.not-here` names what has not come down yet.
   */
  'dossiers.beginExport': call(one, z.object({ exportId: z.string(), fileName: z.string(), sizeBytes: z.int() })),
  'dossiers.readExport': call(z.object({ exportId: z.string(), offset: z.int().nonnegative(), length: z.int().positive().max(4_000_000) }), z.object({ bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) })),
  'dossiers.endExport': call(z.object({ exportId: z.string() }), z.object({})),
  /** Biên bản giao nhận, for those that are due or chosen. */
  'dossiers.minutes': call(z.object({ ids: z.array(documentId).min(1).max(200), receiver: z.string().max(200), date: localDate }), z.object({ fileName: z.string(), bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) })),

  'catalogues.list': call(z.object({}), z.object({ catalogues: z.array(catalogueState) })),
  'catalogues.set': call(z.object({ year: z.int(), entries: catalogueState.shape.entries }), catalogueState),
  'catalogues.approve': call(z.object({ year: z.int() }), catalogueState),

  /** Ủy quyền and giao thay in force, to come, and past. */
  'grants.list': call(z.object({}), z.object({ grants: z.array(grant.extend({ endedReason: z.string().nullable() })), mine: z.array(grantId) })),
  'grants.give': call(
    z.object({ to: personId, capacity: z.enum(grantCapacities), lends: role, firstDay: localDate, lastDay: localDate, basis: z.string().max(300), content: contentRef.nullable() }),
    z.object({}),
  ),
  'grants.end': call(z.object({ grant: grantId, lastDay: localDate, reason: z.string().max(1000) }), z.object({})),
} as const;
