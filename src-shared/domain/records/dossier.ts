import { z } from 'zod';
import { contentRef } from '../content.ts';
import { documentId, instant, localDate, personId } from '../ids.ts';
import { versions } from '../meta.ts';
import { organization } from '../organization.ts';

/** Thời hạn bảo quản: years, or for ever (vĩnh viễn). */
export const retention = z.union([z.int().positive().max(100), z.literal('permanent')]);
export type Retention = z.infer<typeof retention>;

/** NĐ 30/2020 App V: `01.TCCB`. */
export const dossierCode = z.string().trim().min(1).max(30);

const description = {
  code: dossierCode,
  title: z.string().trim().min(1).max(500),
  retention,
  /** Người lập hồ sơ. */
  keeper: personId,
  startDate: localDate,
  /** Construction is handed over three months after settlement, everything else a year after the work ends (Art 30). */
  construction: z.boolean(),
  rights: z.string().max(30),
  note: z.string().max(500),
};
const openArgs = z.object({ ...description, year: z.int().min(1990).max(2200), /** The entry of the year's list it was opened from; null: self-defined. */ catalogueCode: dossierCode.nullable() });
const editArgs = z.object(description).partial();
const fileArgs = z.object({ documents: z.array(documentId).min(1).max(500) });
const closeArgs = z.object({ endDate: localDate, /** Số tờ, số trang, where somebody counted them. */ pages: z.int().nonnegative().nullable() });
const reasonArgs = z.object({ reason: z.string().trim().min(1).max(1000) });
const handOverArgs = z.object({ receiver: z.string().trim().min(1).max(200), date: localDate, /** The minutes, signed or to be signed. */ minutes: contentRef.nullable() });
/** Kept longer by whoever works with it: in writing, two years at most (Art 30). */
const keepArgs = z.object({ until: localDate, consent: z.string().trim().min(1).max(300) });

export const dossierCommandBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('openDossier'), args: openArgs }),
  z.object({ type: z.literal('editDossier'), args: editArgs }),
  z.object({ type: z.literal('fileDocuments'), args: fileArgs }),
  z.object({ type: z.literal('unfileDocuments'), args: fileArgs }),
  z.object({ type: z.literal('closeDossier'), args: closeArgs }),
  z.object({ type: z.literal('reopenDossier'), args: reasonArgs }),
  z.object({ type: z.literal('keepDossier'), args: keepArgs }),
  z.object({ type: z.literal('handOverDossier'), args: handOverArgs }),
]);

export const dossierEventBody = z.discriminatedUnion('type', [
  openArgs.extend({ type: z.literal('dossierOpened'), unit: organization }),
  editArgs.extend({ type: z.literal('dossierEdited') }),
  fileArgs.extend({ type: z.literal('documentsFiled') }),
  fileArgs.extend({ type: z.literal('documentsUnfiled') }),
  closeArgs.extend({ type: z.literal('dossierClosed') }),
  reasonArgs.extend({ type: z.literal('dossierReopened') }),
  keepArgs.extend({ type: z.literal('dossierKept') }),
  handOverArgs.extend({ type: z.literal('dossierHandedOver') }),
]);

/** Hồ sơ công việc (NĐ 30/2020 Art 28–31): documents are named, never copied; one may lie in many. */
export const dossierState = z.object({
  record: z.literal('dossier'),
  id: documentId,
  unit: organization,
  ...description,
  year: z.int(),
  catalogueCode: dossierCode.nullable(),
  stage: z.enum(['open', 'closed', 'handed-over']),
  endDate: localDate.nullable(),
  pages: z.int().nullable(),
  /** In the order in which they were put in; the index orders them by their dates. */
  documents: z.array(documentId),
  keptUntil: localDate.nullable(),
  handOver: handOverArgs.nullable(),
  versions,
  createdAt: instant,
  updatedAt: instant,
});
export type DossierState = z.infer<typeof dossierState>;
