import { z } from 'zod';
import { bookId, commandId, documentId, instant, localDate, organizationCode, personId, sha256 } from './ids.ts';
import { signatureLevel } from './level.ts';
import { markKind } from './mark.ts';
import { organization, role } from './organization.ts';
import { signatureCheck } from './verdict.ts';

/** NĐ 30/2020/NĐ-CP App III: the 29 types; công văn and thư công have no abbreviation. */
export const documentKinds = {
  'nghi-quyet': { name: 'Nghị quyết', abbreviation: 'NQ' },
  'quyet-dinh': { name: 'Quyết định', abbreviation: 'QĐ' },
  'chi-thi': { name: 'Chỉ thị', abbreviation: 'CT' },
  'quy-che': { name: 'Quy chế', abbreviation: 'QC' },
  'quy-dinh': { name: 'Quy định', abbreviation: 'QyĐ' },
  'thong-cao': { name: 'Thông cáo', abbreviation: 'TC' },
  'thong-bao': { name: 'Thông báo', abbreviation: 'TB' },
  'huong-dan': { name: 'Hướng dẫn', abbreviation: 'HD' },
  'chuong-trinh': { name: 'Chương trình', abbreviation: 'CTr' },
  'ke-hoach': { name: 'Kế hoạch', abbreviation: 'KH' },
  'phuong-an': { name: 'Phương án', abbreviation: 'PA' },
  'de-an': { name: 'Đề án', abbreviation: 'ĐA' },
  'du-an': { name: 'Dự án', abbreviation: 'DA' },
  'bao-cao': { name: 'Báo cáo', abbreviation: 'BC' },
  'bien-ban': { name: 'Biên bản', abbreviation: 'BB' },
  'to-trinh': { name: 'Tờ trình', abbreviation: 'TTr' },
  'hop-dong': { name: 'Hợp đồng', abbreviation: 'HĐ' },
  'cong-van': { name: 'Công văn', abbreviation: '' },
  'cong-dien': { name: 'Công điện', abbreviation: 'CĐ' },
  'ban-ghi-nho': { name: 'Bản ghi nhớ', abbreviation: 'BGN' },
  'ban-thoa-thuan': { name: 'Bản thỏa thuận', abbreviation: 'BTT' },
  'giay-uy-quyen': { name: 'Giấy ủy quyền', abbreviation: 'GUQ' },
  'giay-moi': { name: 'Giấy mời', abbreviation: 'GM' },
  'giay-gioi-thieu': { name: 'Giấy giới thiệu', abbreviation: 'GGT' },
  'giay-nghi-phep': { name: 'Giấy nghỉ phép', abbreviation: 'GNP' },
  'phieu-gui': { name: 'Phiếu gửi', abbreviation: 'PG' },
  'phieu-chuyen': { name: 'Phiếu chuyển', abbreviation: 'PC' },
  'phieu-bao': { name: 'Phiếu báo', abbreviation: 'PB' },
  'thu-cong': { name: 'Thư công', abbreviation: '' },
} as const;
export type DocumentKind = keyof typeof documentKinds;
export const documentKind = z.enum(Object.keys(documentKinds) as [DocumentKind, ...DocumentKind[]]);

export const urgencies = ['normal', 'urgent', 'very-urgent', 'express'] as const;
/** Thường · khẩn · thượng khẩn · hỏa tốc. */
export const urgency = z.enum(urgencies);
export type Urgency = z.infer<typeof urgency>;

export const contentRef = z.object({
  sha256,
  sizeBytes: z.int().nonnegative(),
  fileName: z.string().min(1).max(255),
  /** The content this one continues byte for byte (a signed PDF is its base plus a tail). */
  parent: sha256.nullable(),
});
export type ContentRef = z.infer<typeof contentRef>;

/** `planned` until we send; then the QCVN 102 status codes that a receiver reports: 01 đã đến … 06 hoàn thành. */
export const deliveryStatuses = ['planned', 'sent', '01', '02', '03', '04', '05', '06'] as const;
export const deliveryStatus = z.enum(deliveryStatuses);
export type DeliveryStatus = z.infer<typeof deliveryStatus>;

export const outgoingStages = ['draft', 'submitted', 'approved', 'issued', 'sent', 'returned'] as const;
export const incomingStages = ['arrived', 'registered', 'presented', 'assigned', 'refused'] as const;
export const stage = z.enum([...outgoingStages, ...incomingStages]);
export type Stage = z.infer<typeof stage>;

export const actor = z.object({ person: personId, fullName: z.string(), role, unit: organizationCode });
export type Actor = z.infer<typeof actor>;

export const assignment = z.object({
  lead: personId,
  support: z.array(personId),
  inform: z.array(personId),
  directive: z.string().max(1000),
  deadline: localDate.nullable(),
});
export type Assignment = z.infer<typeof assignment>;

const draftArgs = z.object({
  title: z.string().trim().min(1).max(500),
  kind: documentKind,
  /** Ký hiệu without the number, e.g. `UBND-VP`. */
  notation: z.string().max(30),
  urgency,
  content: contentRef,
  recipients: z.array(organization).max(1000),
  inReplyTo: documentId.nullable(),
});
const reasonArgs = z.object({ reason: z.string().trim().min(1).max(1000) });
const bookEntry = z.object({ book: bookId, epoch: z.int().nonnegative(), number: z.int().positive() });

/** What a person may ask of one document. `args` by `type`. */
export const commandBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('draft'), args: draftArgs }),
  z.object({ type: z.literal('revise'), args: z.object({ content: contentRef }) }),
  z.object({ type: z.literal('submit'), args: z.object({ content: contentRef }) }),
  z.object({ type: z.literal('returnToDrafter'), args: reasonArgs }),
  z.object({ type: z.literal('approve'), args: z.object({ content: contentRef, signer: z.string().max(200) }) }),
  z.object({
    type: z.literal('issue'),
    args: z.object({ content: contentRef, entry: bookEntry, notation: z.string().max(30), issuedDate: localDate, signer: z.string().max(200) }),
  }),
  z.object({ type: z.literal('send'), args: z.object({ recipients: z.array(organization).max(1000) }) }),
  z.object({ type: z.literal('register'), args: z.object({ entry: bookEntry, arrivalDate: localDate, check: signatureCheck.optional() }) }),
  /** Dấu đến, bản sao, phụ lục, bút phê: the content with one signature more. `text`: what a bút phê says. */
  z.object({ type: z.literal('mark'), args: z.object({ content: contentRef, mark: markKind, text: z.string().max(1000), signer: z.string().max(200) }) }),
  /** Long-term data added after the signatures (time-stamps, revocation): the same document, provable for longer. */
  z.object({ type: z.literal('augment'), args: z.object({ content: contentRef, level: signatureLevel }) }),
  z.object({ type: z.literal('present'), args: z.object({ note: z.string().max(1000) }) }),
  z.object({ type: z.literal('assign'), args: assignment }),
  z.object({ type: z.literal('refuse'), args: reasonArgs }),
]);
export type CommandBody = z.infer<typeof commandBody>;
export type CommandType = CommandBody['type'];

/** Counters a command was made against; a stale one is a conflict, never an overwrite (sync.md I7). */
export const versions = z.object({ workflow: z.int().nonnegative(), assignment: z.int().nonnegative() });
export type Versions = z.infer<typeof versions>;

export const command = z
  .object({
    id: commandId,
    document: documentId,
    unit: organizationCode,
    actor,
    /** The author's clock at the click; information only, never used for order. */
    at: instant,
    base: versions,
    dependsOn: commandId.nullable(),
  })
  .and(commandBody);
export type Command = z.infer<typeof command>;

const eventMeta = z.object({ at: instant, by: actor.nullable(), command: commandId.nullable() });
const reasonEvent = z.object({ reason: z.string() });

/** What happened to one document. The log is append-only; screens read projections of it. */
export const documentEvent = eventMeta.and(
  z.discriminatedUnion('type', [
    draftArgs.extend({ type: z.literal('drafted'), unit: organization }),
    z.object({ type: z.literal('revised'), content: contentRef }),
    z.object({ type: z.literal('submitted'), content: contentRef }),
    reasonEvent.extend({ type: z.literal('returned') }),
    z.object({ type: z.literal('approved'), content: contentRef, signer: z.string() }),
    z.object({ type: z.literal('issued'), content: contentRef, entry: bookEntry, notation: z.string(), issuedDate: localDate, signer: z.string() }),
    z.object({ type: z.literal('sent'), recipients: z.array(organization) }),
    z.object({ type: z.literal('deliveryReported'), recipient: organizationCode, status: deliveryStatus, description: z.string() }),
    z.object({
      type: z.literal('arrived'),
      unit: organization,
      from: organization,
      /** The sender's document. */
      origin: documentId,
      title: z.string(),
      kind: documentKind,
      number: z.int().positive(),
      notation: z.string(),
      issuedDate: localDate,
      urgency,
      content: contentRef,
      signer: z.string(),
      inReplyTo: documentId.nullable(),
    }),
    z.object({ type: z.literal('registered'), entry: bookEntry, arrivalDate: localDate, /** Left out: nothing was examined, as with paper. */ check: signatureCheck.optional() }),
    z.object({ type: z.literal('marked'), content: contentRef, mark: markKind, text: z.string(), signer: z.string() }),
    z.object({ type: z.literal('augmented'), content: contentRef, level: signatureLevel }),
    z.object({ type: z.literal('presented'), note: z.string() }),
    assignment.extend({ type: z.literal('assigned') }),
    reasonEvent.extend({ type: z.literal('refused') }),
  ]),
);
export type DocumentEvent = z.infer<typeof documentEvent>;

export const recipientState = z.object({ organization, status: deliveryStatus, at: instant, description: z.string() });
export type RecipientState = z.infer<typeof recipientState>;

/** The present state of one document in one unit: the fold of its events. */
export const documentState = z.object({
  id: documentId,
  unit: organization,
  direction: z.enum(['incoming', 'outgoing']),
  stage,
  title: z.string(),
  kind: documentKind,
  number: z.int().positive().nullable(),
  notation: z.string(),
  issuedDate: localDate.nullable(),
  urgency,
  /** The issuing office: the sender of an incoming document, our own unit for an outgoing one. */
  from: organization,
  recipients: z.array(recipientState),
  content: contentRef,
  arrival: bookEntry.extend({ arrivalDate: localDate }).nullable(),
  assignment: assignment.nullable(),
  /** Why it was returned or refused, the latest. */
  reason: z.string().nullable(),
  signer: z.string().nullable(),
  drafter: z.string().nullable(),
  inReplyTo: documentId.nullable(),
  versions,
  createdAt: instant,
  updatedAt: instant,
});
export type DocumentState = z.infer<typeof documentState>;
