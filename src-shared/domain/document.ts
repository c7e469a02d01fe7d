import { z } from 'zod';
import { contentRef } from './content.ts';
import { bookId, commandId, documentId, instant, localDate, organizationCode, personId } from './ids.ts';
import { signatureLevel } from './level.ts';
import { markKind } from './mark.ts';
import { commandMeta, eventMeta, versions } from './meta.ts';
import { correspondent, organization } from './organization.ts';
import { packageSignature } from './package-signature.ts';
import { recordCommandBody, recordEventBody } from './records/record.ts';
import { evaluationGrade, task } from './task.ts';
import { signatureCheck } from './verdict.ts';

export { contentRef, type ContentRef } from './content.ts';
export { actor, versions, type Actor, type Versions } from './meta.ts';

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

/** `planned` until we send; then the QCVN 102 status codes that a receiver reports: 01 đã đến … 06 hoàn thành; 13 we ask it back, 15 the receiver agrees, 16 it does not. */
export const deliveryStatuses = ['planned', 'sent', '01', '02', '03', '04', '05', '06', '13', '15', '16'] as const;
export const deliveryStatus = z.enum(deliveryStatuses);
export type DeliveryStatus = z.infer<typeof deliveryStatus>;

/** The last three are ends that nobody wished for: asked back from its receivers, replaced by another document, its number made void before it was sent. */
export const outgoingStages = ['draft', 'submitted', 'approved', 'issued', 'sent', 'returned', 'recalled', 'replaced', 'voided'] as const;
/** `sent-back`: registered, and then given back to its sender, its number kept. */
export const incomingStages = ['arrived', 'registered', 'presented', 'assigned', 'finished', 'refused', 'sent-back', 'recalled', 'replaced'] as const;
export const stages = [...new Set([...outgoingStages, ...incomingStages])] as [Stage, ...Stage[]];
export type Stage = (typeof outgoingStages)[number] | (typeof incomingStages)[number];
export const stage = z.enum(stages);

export const assignment = z.object({
  lead: personId,
  support: z.array(personId),
  inform: z.array(personId),
  directive: z.string().max(1000),
  deadline: localDate.nullable(),
  /** Where somebody has another deadline than the document's. */
  each: z.array(z.object({ person: personId, deadline: localDate })).max(200).optional(),
});
export type Assignment = z.infer<typeof assignment>;

/** QĐ 28/2018 Art 10.1: what is exchanged is the document and its whole set of files. */
const attachments = z.array(contentRef).max(100);
/** What another document has to do with this one (NĐ 30/2020 Art 18.3): an error of content is put right by an equal document in its place, one of form by a công văn. */
export const relation = z.object({ type: z.enum(['replaces', 'corrects']), document: documentId });
export type Relation = z.infer<typeof relation>;

const draftArgs = z.object({
  title: z.string().trim().min(1).max(500),
  kind: documentKind,
  /** Ký hiệu without the number, e.g. `UBND-VP`. */
  notation: z.string().max(30),
  urgency,
  content: contentRef,
  recipients: z.array(organization).max(1000),
  inReplyTo: documentId.nullable(),
  attachments: attachments.optional(),
  relation: relation.optional(),
});
/** How a document came that no office of this system sent. `axis`: through the national axis. */
export const channels = ['paper', 'email', 'axis', 'other'] as const;
const receiveArgs = z.object({
  title: z.string().trim().min(1).max(500),
  kind: documentKind,
  /** The number as it is written on it, e.g. `02a`; empty where it has none. */
  numberText: z.string().max(11),
  notation: z.string().max(30),
  issuedDate: localDate.nullable(),
  from: correspondent,
  urgency,
  content: contentRef,
  attachments: attachments.optional(),
  signer: z.string().max(200),
  channel: z.enum(channels),
  inReplyTo: documentId.nullable(),
});
/** What of a draft's, or of a received document's, description is put right. Left out: as it is. */
const editArgs = z.object({
  title: z.string().trim().min(1).max(500).optional(),
  kind: documentKind.optional(),
  numberText: z.string().max(11).optional(),
  notation: z.string().max(30).optional(),
  issuedDate: localDate.nullable().optional(),
  from: correspondent.optional(),
  signer: z.string().max(200).optional(),
  urgency: urgency.optional(),
  recipients: z.array(organization).max(1000).optional(),
  attachments: attachments.optional(),
});
/** What a sender puts right in documents that have gone out (QCVN 102, cập nhật). */
const changedFields = z.object({ title: z.string().trim().min(1).max(500).optional(), urgency: urgency.optional() });
const askChangeArgs = z.object({
  change: z.enum(['recall', 'update']),
  reason: z.string().trim().min(1).max(1000),
  /** Of whom; left out: of all who have it. */
  recipients: z.array(organizationCode).max(1000).optional(),
  fields: changedFields.optional(),
});
const reasonArgs = z.object({ reason: z.string().trim().min(1).max(1000) });
const bookEntry = z.object({ book: bookId, epoch: z.int().nonnegative(), number: z.int().positive() });
const commentArgs = z.object({ text: z.string().trim().min(1).max(4000), aspect: z.enum(['opinion', 'content', 'format']) });
const progressArgs = z.object({ percent: z.int().min(0).max(100), text: z.string().max(1000) });
const finishArgs = z.object({ result: z.string().trim().max(1000), answer: documentId.nullable() });
const passOnArgs = z.object({ to: personId, directive: z.string().max(1000), deadline: localDate.nullable() });
const extensionArgs = z.object({ until: localDate, reason: z.string().trim().min(1).max(1000) });
const answerExtensionArgs = z.object({ person: personId, granted: z.boolean(), until: localDate.nullable(), reason: z.string().max(1000) });
const evaluateArgs = z.object({ person: personId, grade: evaluationGrade, text: z.string().max(1000) });
const remindArgs = z.object({ person: personId, text: z.string().max(1000) });
const answerChangeArgs = z.object({ request: commandId, agree: z.boolean(), reason: z.string().max(1000) });
/** Signing for another: TM., Q., KT., TL., TUQ. (NĐ 30/2020 Art 13); left out: in one's own name. */
export const capacities = ['TM.', 'Q.', 'KT.', 'TL.', 'TUQ.'] as const;
const capacity = z.enum(capacities);

/** What a person may ask of one document. `args` by `type`. */
export const documentCommandBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('draft'), args: draftArgs }),
  z.object({ type: z.literal('receive'), args: receiveArgs }),
  z.object({ type: z.literal('edit'), args: editArgs }),
  z.object({ type: z.literal('comment'), args: commentArgs }),
  z.object({ type: z.literal('revise'), args: z.object({ content: contentRef }) }),
  z.object({ type: z.literal('submit'), args: z.object({ content: contentRef }) }),
  z.object({ type: z.literal('returnToDrafter'), args: reasonArgs }),
  /** `signedAs`: the capacity as it stands in the signature, e.g. `KT. CHỦ TỊCH – PHÓ CHỦ TỊCH`. */
  z.object({ type: z.literal('approve'), args: z.object({ content: contentRef, signer: z.string().max(200), capacity: capacity.optional(), signedAs: z.string().max(250).optional() }) }),
  z.object({
    type: z.literal('issue'),
    args: z.object({ content: contentRef, entry: bookEntry, notation: z.string().max(30), issuedDate: localDate, signer: z.string().max(200) }),
  }),
  z.object({ type: z.literal('voidNumber'), args: reasonArgs }),
  z.object({ type: z.literal('send'), args: z.object({ recipients: z.array(organization).max(1000) }) }),
  z.object({ type: z.literal('askChange'), args: askChangeArgs }),
  z.object({ type: z.literal('answerChange'), args: answerChangeArgs }),
  z.object({ type: z.literal('register'), args: z.object({ entry: bookEntry, arrivalDate: localDate, check: signatureCheck.optional() }) }),
  /** Dấu đến, bản sao, phụ lục, bút phê: the content with one signature more. `text`: what a bút phê says. */
  z.object({ type: z.literal('mark'), args: z.object({ content: contentRef, mark: markKind, text: z.string().max(1000), signer: z.string().max(200) }) }),
  /** Long-term data added after the signatures (time-stamps, revocation): the same document, provable for longer. */
  z.object({ type: z.literal('augment'), args: z.object({ content: contentRef, level: signatureLevel }) }),
  z.object({ type: z.literal('present'), args: z.object({ note: z.string().max(1000) }) }),
  z.object({ type: z.literal('assign'), args: assignment }),
  z.object({ type: z.literal('refuse'), args: reasonArgs }),
  z.object({ type: z.literal('sendBack'), args: reasonArgs }),
  z.object({ type: z.literal('acceptTask'), args: z.object({}) }),
  z.object({ type: z.literal('returnTask'), args: reasonArgs }),
  z.object({ type: z.literal('reportProgress'), args: progressArgs }),
  z.object({ type: z.literal('requestExtension'), args: extensionArgs }),
  z.object({ type: z.literal('answerExtension'), args: answerExtensionArgs }),
  z.object({ type: z.literal('finishTask'), args: finishArgs }),
  z.object({ type: z.literal('reopen'), args: reasonArgs }),
  z.object({ type: z.literal('evaluate'), args: evaluateArgs }),
  z.object({ type: z.literal('passOn'), args: passOnArgs }),
  z.object({ type: z.literal('remind'), args: remindArgs }),
]);
export type DocumentCommandBody = z.infer<typeof documentCommandBody>;
export type DocumentCommandType = DocumentCommandBody['type'];
export const documentCommand = commandMeta.and(documentCommandBody);
export type DocumentCommand = z.infer<typeof documentCommand>;

/** Whatever goes through the outbox: of a document, or of one of the office's records. `document` names either. */
export const commandBody = z.discriminatedUnion('type', [documentCommandBody, recordCommandBody]);
export type CommandBody = z.infer<typeof commandBody>;
export type CommandType = CommandBody['type'];
export const command = commandMeta.and(commandBody);
export type Command = z.infer<typeof command>;

const reasonEvent = z.object({ reason: z.string() });

/** What happened to one document. The log is append-only; screens read projections of it. */
export const documentEventBody = z.discriminatedUnion('type', [
  draftArgs.extend({ type: z.literal('drafted'), unit: organization }),
  /** `packageSignature`: of what came over the axis; left out where there was no package. */
  receiveArgs.extend({ type: z.literal('received'), unit: organization, packageSignature: packageSignature.optional() }),
  editArgs.extend({ type: z.literal('edited') }),
  commentArgs.extend({ type: z.literal('commented') }),
  z.object({ type: z.literal('revised'), content: contentRef }),
  z.object({ type: z.literal('submitted'), content: contentRef }),
  reasonEvent.extend({ type: z.literal('returned') }),
  z.object({ type: z.literal('approved'), content: contentRef, signer: z.string(), capacity: capacity.optional(), signedAs: z.string().optional() }),
  z.object({ type: z.literal('issued'), content: contentRef, entry: bookEntry, notation: z.string(), issuedDate: localDate, signer: z.string() }),
  reasonEvent.extend({ type: z.literal('voided') }),
  z.object({ type: z.literal('sent'), recipients: z.array(organization) }),
  z.object({ type: z.literal('deliveryReported'), recipient: organizationCode, status: deliveryStatus, description: z.string() }),
  /** The sender asks it back, or puts something right: at the sender with whom it asks, at a receiver without. */
  askChangeArgs.extend({ type: z.literal('changeAsked') }),
  answerChangeArgs.extend({ type: z.literal('changeAnswered') }),
  /** Another document has come in its place, or puts it right. */
  z.object({ type: z.literal('superseded'), relation: relation.shape.type, successor: documentId }),
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
    attachments: attachments.optional(),
    relation: relation.optional(),
  }),
  z.object({ type: z.literal('registered'), entry: bookEntry, arrivalDate: localDate, /** Left out: nothing was examined, as with paper. */ check: signatureCheck.optional() }),
  z.object({ type: z.literal('marked'), content: contentRef, mark: markKind, text: z.string(), signer: z.string() }),
  z.object({ type: z.literal('augmented'), content: contentRef, level: signatureLevel }),
  z.object({ type: z.literal('presented'), note: z.string() }),
  assignment.extend({ type: z.literal('assigned') }),
  reasonEvent.extend({ type: z.literal('refused') }),
  reasonEvent.extend({ type: z.literal('sentBack') }),
  z.object({ type: z.literal('taskAccepted') }),
  reasonEvent.extend({ type: z.literal('taskReturned') }),
  progressArgs.extend({ type: z.literal('progressReported') }),
  extensionArgs.extend({ type: z.literal('extensionRequested') }),
  answerExtensionArgs.extend({ type: z.literal('extensionAnswered') }),
  finishArgs.extend({ type: z.literal('taskFinished') }),
  reasonEvent.extend({ type: z.literal('reopened') }),
  evaluateArgs.extend({ type: z.literal('evaluated') }),
  passOnArgs.extend({ type: z.literal('passedOn') }),
  remindArgs.extend({ type: z.literal('reminded') }),
]);
export const documentEvent = eventMeta.and(documentEventBody);
export type DocumentEvent = z.infer<typeof documentEvent>;

/** Whatever a log holds: of a document, or of one of the office's records. */
export const logEvent = eventMeta.and(z.discriminatedUnion('type', [documentEventBody, recordEventBody]));
export type LogEvent = z.infer<typeof logEvent>;

/** `asked`: what was asked of it last, where anything was; which of the two a 13, 15 or 16 answers. */
export const recipientState = z.object({ organization, status: deliveryStatus, at: instant, description: z.string(), asked: z.enum(['recall', 'update']).optional() });
export type RecipientState = z.infer<typeof recipientState>;

/** What the sender has asked of a document and this office has not answered, or, at the sender, what was asked last. */
export const changeRequest = z.object({ request: commandId, change: z.enum(['recall', 'update']), reason: z.string(), fields: changedFields.optional(), at: instant });

/** The present state of one document in one unit: the fold of its events. */
export const documentState = z.object({
  id: documentId,
  unit: organization,
  direction: z.enum(['incoming', 'outgoing']),
  stage,
  title: z.string(),
  kind: documentKind,
  number: z.int().positive().nullable(),
  /** As it is written on a document that came from outside, where it is no plain number; null: `number` says it. */
  numberText: z.string().nullable(),
  notation: z.string(),
  issuedDate: localDate.nullable(),
  urgency,
  /** The issuing office: the sender of an incoming document, our own unit for an outgoing one. */
  from: correspondent,
  /** Null: from office to office within this system. */
  channel: z.enum(channels).nullable(),
  recipients: z.array(recipientState),
  content: contentRef,
  attachments: z.array(contentRef),
  arrival: bookEntry.extend({ arrivalDate: localDate }).nullable(),
  assignment: assignment.nullable(),
  tasks: z.array(task),
  /** Why it was returned, refused, sent back, recalled or made void, the latest. */
  reason: z.string().nullable(),
  signer: z.string().nullable(),
  drafter: z.string().nullable(),
  /** Who drafted it, for what may be theirs alone. */
  drafterId: personId.nullable(),
  inReplyTo: documentId.nullable(),
  relation: relation.nullable(),
  /** What came in its place or puts it right. */
  supersededBy: z.array(z.object({ relation: relation.shape.type, by: documentId })),
  asked: changeRequest.nullable(),
  versions,
  createdAt: instant,
  updatedAt: instant,
});
export type DocumentState = z.infer<typeof documentState>;
