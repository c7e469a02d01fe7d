import type { BusinessType } from '../../src-shared/edxml/codes.ts';
import { businessTypes } from '../../src-shared/edxml/codes.ts';
import type { DocumentPackage, Organ, ResponseFor, StaffInfo, StatusHeader } from '../../src-shared/edxml/model.ts';
import type { ReceivedAttachment } from '../../src-shared/edxml/reader.ts';
import { refusalOf, type Refusal } from '../../src-shared/edxml/refusal.ts';
import type { SignatureResult } from '../../src-shared/edxml/signature.ts';
import { checkPackage, checkStatus, type PackageToSend } from '../../src-shared/edxml/writer.ts';
import { axisContentType, axisFileName, entryNameOf } from './attachment-name.ts';
import type { Correspondent, Directory, ExchangeFile, IncomingDocument, Office, OutgoingDocument, ReceivedNotice, Reply, Staff, StatusNotice } from './exchange-types.ts';
import { fromAxisDate, fromAxisTime, toAxisDate, toAxisTime } from './vietnam-time.ts';

export type Mapped<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };
/** Opens the content that bears this hash. */
export type ContentSource = (file: ExchangeFile) => AsyncIterable<Uint8Array>;

/** A document as a package that `writePackage` takes, or why it cannot be one: the sentence is for the clerk who sends. */
export function packageFromDocument(document: OutgoingDocument, open: ContentSource): Mapped<PackageToSend> {
  const names = new Set<string>();
  for (const { name, sizeBytes } of document.files) if (sizeBytes === 0) return refused(`tệp “${name.slice(0, 100)}” rỗng (0 byte)`, 'AttachmentEncoded');
  const toSend: PackageToSend = {
    header: {
      from: organOf(document.from),
      to: document.to.map(organOf),
      documentId: document.documentId,
      code: { codeNumber: document.number, codeNotation: document.notation },
      promulgationInfo: { ...opt('place', document.place), promulgationDate: toAxisDate(document.issuedOn) },
      documentType: { typeName: document.kindName },
      subject: document.title,
      ...opt('signerInfo', document.signer === null ? null : { ...opt('competence', document.signer.capacity), ...opt('position', document.signer.position), fullName: document.signer.fullName }),
      ...opt('dueDate', document.dueOn === null ? null : toAxisDate(document.dueOn)),
      otherInfo: { priority: document.urgency, ...opt('pageAmount', document.pages === null ? null : String(document.pages)) },
      responseFor: document.replies.map(responseForOf),
      ...opt('toPlaces', document.toPlaces.length === 0 ? null : { place: [...document.toPlaces] }),
    },
    trace: {
      traceHeader: [{ organId: document.from.code, timestamp: toAxisTime(document.sentAt) }],
      bussiness: {
        ...opt('documentId', document.updates),
        bussinessDocType: document.business,
        bussinessDocReason: document.reason ?? businessTypes[document.business],
        paper: '0',
        ...opt('bussinessDocumentInfo', document.business === '2' ? { documentInfo: '1' as const, documentReceiver: '0' as const } : null),
        ...opt('replacementInfoList', document.replaces.length === 0 ? null : { replacementInfo: document.replaces.map(({ documentId, officeCodes }) => ({ documentId, ...opt('organIdList', officeCodes.length === 0 ? null : { organId: [...officeCodes] }) })) }),
        ...opt('staffInfo', staffInfoOf(document.staff)),
      },
    },
    attachments: document.files.map((file, at) => {
      const attachmentName = axisFileName(file.name, names);
      names.add(attachmentName);
      return { contentId: `cid:${at + 1}`, attachmentName, ...opt('description', cut(file.name)), contentType: axisContentType(file.name), entryName: entryNameOf(file.sha256, attachmentName), open: () => open(file) };
    }),
  };
  const refusal = checkPackage(toSend);
  return refusal === undefined ? { ok: true, value: toSend } : { ok: false, refusal };
}

export type ArrivalContext = {
  readonly directory: Directory;
  /** Codes of the offices that this province receives for, of both forms. */
  readonly ourCodes: ReadonlySet<string>;
  readonly signature: SignatureResult;
};

/** What has come, for the register of documents in. `attachments`: with the hash under which each content is kept. */
export function arrivalFromPackage({ header, trace }: DocumentPackage, attachments: readonly (ReceivedAttachment & { readonly sha256: string })[], { directory, ourCodes, signature }: ArrivalContext): IncomingDocument {
  const { bussiness } = trace;
  const { signerInfo } = header;
  return {
    documentId: header.documentId,
    title: header.subject,
    kindName: header.documentType.typeName,
    number: header.code.codeNumber,
    notation: header.code.codeNotation,
    // the day inside DocumentId is another one in the samples: this is the document's (domain §2.3)
    issuedOn: fromAxisDate(header.promulgationInfo.promulgationDate),
    place: header.promulgationInfo.place ?? null,
    signer: signerInfo === undefined ? null : { capacity: signerInfo.competence ?? null, position: signerInfo.position ?? null, fullName: signerInfo.fullName },
    urgency: header.otherInfo?.priority ?? '0',
    dueOn: header.dueDate === undefined ? null : fromAxisDate(header.dueDate),
    pages: header.otherInfo?.pageAmount === undefined ? null : Number(header.otherInfo.pageAmount),
    toPlaces: header.toPlaces?.place ?? [],
    replies: header.responseFor.map(replyOf),
    business: bussiness.bussinessDocType,
    reason: bussiness.bussinessDocReason ?? null,
    updates: updatedBy(bussiness.bussinessDocType, bussiness.documentId),
    replaces: bussiness.replacementInfoList?.replacementInfo.map(({ documentId, organIdList }) => ({ documentId, officeCodes: organIdList?.organId ?? [] })) ?? [],
    staff: staffOf(bussiness.staffInfo),
    from: correspondentOf(header.from, directory),
    to: header.to.map((each) => correspondentOf(each, directory)),
    addressedToUs: header.to.some(({ organId }) => ourCodes.has(organId)),
    sentAt: trace.traceHeader[0] === undefined ? null : fromAxisTime(trace.traceHeader[0].timestamp),
    files: attachments.map(({ sha256, attachmentName, sizeBytes, description }) => ({ sha256, name: attachmentName, sizeBytes, description: description ?? null })),
    signature,
  };
}

/** Domain §2.5. A refusal (02), a demand to give back (13) and a refused demand (16) say why. */
export function statusFromNotice({ code, from, about, staff, description, at }: StatusNotice): Mapped<StatusHeader> {
  if ((code === '02' || code === '13' || code === '16') && description === null) return refused('thiếu lý do', 'MessageHeader/Description');
  const header: StatusHeader = { from: organOf(from), responseFor: responseForOf(about), ...opt('staffInfo', staffInfoOf(staff)), statusCode: code, ...opt('description', description), timestamp: toAxisTime(at) };
  const refusal = checkStatus(header);
  return refusal === undefined ? { ok: true, value: header } : { ok: false, refusal };
}

export function noticeFromStatus(header: StatusHeader, directory: Directory): ReceivedNotice {
  return {
    code: header.statusCode,
    from: correspondentOf(header.from, directory),
    about: replyOf(header.responseFor),
    staff: staffOf(header.staffInfo),
    description: header.description ?? null,
    at: fromAxisTime(header.timestamp),
  };
}

/** `ceased`: it no longer existed when this was read; what it sent is still a document of its own. */
function correspondentOf({ organId, organName }: Organ, directory: Directory): Correspondent {
  const known = directory(organId);
  // the name is the package's own: a directory of today may call an office of yesterday otherwise
  return { code: organId, name: organName, standing: known === undefined ? 'unknown' : known.ceasedOn === null ? 'known' : 'ceased' };
}

/** Only of an update is Bussiness/DocumentId the other document; a published sample of a new one carries one too. */
function updatedBy(business: BusinessType, documentId: string | undefined): string | null {
  return business === '2' ? (documentId ?? null) : null;
}

function organOf({ code, name }: Office): Organ {
  return { organId: code, organName: name };
}

function responseForOf({ officeCode, numberAndNotation, issuedOn, documentId }: Reply): ResponseFor {
  return { organId: officeCode, code: numberAndNotation, ...opt('promulgationDate', issuedOn === null ? null : toAxisDate(issuedOn)), documentId };
}

function replyOf({ organId, code, promulgationDate, documentId }: ResponseFor): Reply {
  return { officeCode: organId, numberAndNotation: code, issuedOn: promulgationDate === undefined ? null : fromAxisDate(promulgationDate), documentId };
}

function staffInfoOf(staff: Staff | null): StaffInfo | null {
  if (staff === null || Object.values(staff).every((each) => each === null)) return null;
  return { ...opt('department', staff.department), ...opt('staff', staff.name), ...opt('email', staff.email), ...opt('mobile', staff.phone) };
}

function staffOf(info: StaffInfo | undefined): Staff | null {
  return info === undefined ? null : { department: info.department ?? null, name: info.staff ?? null, email: info.email ?? null, phone: info.mobile ?? null };
}

/** A field that is there, or no field: the format has no empty ones. */
function opt<Key extends string, Value>(key: Key, value: Value | null): { readonly [Name in Key]?: Value } {
  return value === null || value === '' ? {} : ({ [key]: value } as { readonly [Name in Key]?: Value });
}

/** A name of any length travels as far as the field goes. */
function cut(name: string): string {
  return Array.from(name.replaceAll(/[\p{Cc}\p{Cs}\u{fffe}\u{ffff}]/gu, ' ').trim()).slice(0, 500).join('').trim();
}

function refused(reason: string, where: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: refusalOf(reason, where) };
}
