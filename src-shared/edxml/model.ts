import { z } from 'zod';
import { businessTypes, counts, lengths, priorities, readCodeForm, receiverTypes, statusCodes, steeringTypes } from './codes.ts';

/*
 * A package as QCVN 102:2016/BTTTT lays it out (domain §2.3). Keys are the elements' names with a small first letter, their order is the SDK's:
 * reader and writer walk these schemas, so that neither has a list of its own. Values are the elements' text, without the blanks around it.
 */

/** Characters that XML 1.0 has no way to write. */
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

function text(most: number): z.ZodString {
  return z.string().check((each) => {
    if (each.value === '') each.issues.push({ code: 'custom', message: 'để trống', input: each.value });
    if (Array.from(each.value).length > most) each.issues.push({ code: 'custom', message: `dài quá ${most} ký tự`, input: each.value });
    if (unwritable.test(each.value)) each.issues.push({ code: 'custom', message: 'có ký tự điều khiển', input: each.value });
    if (each.value.trim() !== each.value) each.issues.push({ code: 'custom', message: 'có khoảng trắng ở đầu hoặc cuối', input: each.value });
  });
}

function oneOf<Codes extends Readonly<Record<string, string>>>(codes: Codes): z.ZodEnum<{ [Code in keyof Codes & string]: Code }> {
  return z.enum(Object.keys(codes) as (keyof Codes & string)[], { error: 'có mã không nằm trong danh mục' }) as unknown as z.ZodEnum<{ [Code in keyof Codes & string]: Code }>;
}

const line = text(lengths.Line);
const organId = text(lengths.OrganId).refine((code) => readCodeForm(code) !== undefined, 'không đúng dạng mã định danh cơ quan');
const count = z.string().regex(/^[0-9]{1,6}$/, 'phải là số nguyên không âm');
const date = z.string().refine(isDate, 'phải là ngày có thật, dạng năm/tháng/ngày (yyyy/MM/dd)');
const time = z.string().refine(isTime, 'phải là giờ có thật, dạng yyyy/MM/dd HH:mm:ss');

export const organ = z.object({
  organId,
  organizationInCharge: line.optional(),
  organName: text(lengths.OrganName),
  organAdd: line.optional(),
  email: line.optional(),
  telephone: line.optional(),
  fax: line.optional(),
  website: line.optional(),
});
export type Organ = z.infer<typeof organ>;

export const responseFor = z.object({ organId, code: line, promulgationDate: date.optional(), documentId: text(lengths.DocumentId) });
export type ResponseFor = z.infer<typeof responseFor>;

const staffInfo = z.object({ department: line.optional(), departmentId: line.optional(), staff: line.optional(), staffId: line.optional(), email: line.optional(), mobile: line.optional() });
export type StaffInfo = z.infer<typeof staffInfo>;

export const documentHeader = z.object({
  from: organ,
  to: z.array(organ).min(1, 'thiếu nơi nhận').max(counts.To),
  documentId: text(lengths.DocumentId),
  code: z.object({ codeNumber: text(lengths.CodeNumber), codeNotation: text(lengths.CodeNotation) }),
  promulgationInfo: z.object({ place: line.optional(), promulgationDate: date }),
  documentType: z.object({ type: line.optional(), typeDetail: line.optional(), typeName: text(lengths.TypeName) }),
  subject: text(lengths.Subject),
  content: text(lengths.Text).optional(),
  signerInfo: z.object({ competence: line.optional(), position: text(lengths.Position).optional(), fullName: text(lengths.FullName) }).optional(),
  dueDate: date.optional(),
  otherInfo: z
    .object({
      priority: oneOf(priorities).optional(),
      sphereOfPromulgation: line.optional(),
      typerNotation: line.optional(),
      promulgationAmount: count.optional(),
      pageAmount: count.optional(),
      direction: line.optional(),
      appendixes: z.object({ appendix: z.array(line).max(counts.Appendix) }).optional(),
    })
    .optional(),
  responseFor: z.array(responseFor).max(counts.ResponseFor),
  steeringType: oneOf(steeringTypes).optional(),
  toPlaces: z
    .object({ place: z.array(line).max(counts.Place) })
    .refine(({ place }) => Array.from(place.join(', ')).length <= lengths.ToPlaces, `dài quá ${lengths.ToPlaces} ký tự`)
    .optional(),
});
export type DocumentHeader = z.infer<typeof documentHeader>;

export const traceHeaderList = z.object({
  traceHeader: z.array(z.object({ organId, timestamp: time })).max(counts.TraceHeader),
  bussiness: z.object({
    documentId: text(lengths.DocumentId).optional(),
    bussinessDocType: oneOf(businessTypes),
    bussinessDocReason: text(lengths.Reason).optional(),
    paper: count.optional(),
    bussinessDocumentInfo: z
      .object({
        documentInfo: z.enum(['0', '1'], { error: 'phải là 0 hoặc 1' }).optional(),
        documentReceiver: z.enum(['0', '1'], { error: 'phải là 0 hoặc 1' }).optional(),
        receiverList: z.object({ receiver: z.array(z.object({ organId, receiverType: oneOf(receiverTypes) })).max(counts.Receiver) }).optional(),
      })
      .optional(),
    replacementInfoList: z
      .object({
        replacementInfo: z
          .array(z.object({ documentId: text(lengths.DocumentId), organIdList: z.object({ organId: z.array(organId).max(counts.Receiver) }).optional() }))
          .min(1, 'thiếu văn bản bị thay thế')
          .max(counts.ReplacementInfo),
      })
      .optional(),
    staffInfo: staffInfo.optional(),
  }),
});
export type TraceHeaderList = z.infer<typeof traceHeaderList>;
export type Bussiness = TraceHeaderList['bussiness'];

/** ContentType is not to be relied on (domain §2.3): what a file is, its name and its bytes say. */
export const reference = z.object({
  contentId: line,
  contentType: line.optional(),
  description: line.optional(),
  attachmentName: text(lengths.AttachmentName),
});
export type Reference = z.infer<typeof reference>;

export const attachmentHead = z.object({ contentId: line, attachmentName: text(lengths.AttachmentName), description: line.optional(), contentType: line.optional() });
export type AttachmentHead = z.infer<typeof attachmentHead>;

export const statusHeader = z.object({
  from: organ,
  responseFor,
  staffInfo: staffInfo.optional(),
  statusCode: oneOf(statusCodes),
  description: text(lengths.Reason).optional(),
  timestamp: time,
});
export type StatusHeader = z.infer<typeof statusHeader>;

export const manifest = z.object({ reference: z.array(reference).max(counts.Attachment) });

/** A document on its way; the contents of its attachments are streams of their own. */
export type DocumentPackage = { readonly kind: 'document'; readonly header: DocumentHeader; readonly trace: TraceHeaderList; readonly references: readonly Reference[] };
export type StatusMessage = { readonly kind: 'status'; readonly header: StatusHeader };
export type EdxmlMessage = DocumentPackage | StatusMessage;

/** `yyyy/MM/dd` of a day that the calendar has. */
export function isDate(value: string): boolean {
  const found = /^([0-9]{4})\/([0-9]{2})\/([0-9]{2})$/.exec(value);
  if (found === null) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const days = month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days;
}

/** `yyyy/MM/dd HH:mm:ss`, Vietnam time: the format has no zone. */
export function isTime(value: string): boolean {
  return isDate(value.slice(0, 10)) && /^ ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$/.test(value.slice(10));
}
