import fc from 'fast-check';
import { lengths, priorities, statusCodes, steeringTypes } from '../../../src-shared/edxml/codes.ts';
import type { DocumentHeader, Organ, ResponseFor, StatusHeader, TraceHeaderList } from '../../../src-shared/edxml/model.ts';

const letters = fc.constantFrom('a', 'Z', '0', ' ', 'đ', 'Ề', 'ươ', 'e\u0301', '&', '<', '>', '"', "'", '\n', '\r', '\t', ']]>', '\u{1f4dc}', '\u{a0}', '\u{2028}', '&amp;', '<!--', '\u{fffd}');

export function textOf(most: number): fc.Arbitrary<string> {
  return fc
    .array(letters, { minLength: 1, maxLength: 60 })
    .map((parts) => Array.from(parts.join('')).slice(0, most).join('').trim())
    .filter((text) => text !== '');
}

const line = textOf(lengths.Line);
const digit = fc.constantFrom(...Array.from('0123456789'));
const digits = (count: number): fc.Arbitrary<string> => fc.array(digit, { minLength: count, maxLength: count }).map((all) => all.join(''));
const upper = fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXY'));
const code = fc.oneof(
  fc.tuple(digits(3), digits(2), digits(2), upper, digits(2)).map(([a, b, c, d, e]) => `${a}.${b}.${c}.${d}${e}`),
  fc.tuple(upper, digits(2), fc.array(digits(2), { maxLength: 4 })).map(([a, b, rest]) => [`${a}${b}`, ...rest].join('.')),
  digits(10),
  digits(2).map((scheme) => `Z${scheme}AB1`),
);
const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const date = day.map((at) => at.toISOString().slice(0, 10).replaceAll('-', '/'));
const time = day.map((at) => `${at.toISOString().slice(0, 10).replaceAll('-', '/')} ${at.toISOString().slice(11, 19)}`);
const count = fc.integer({ min: 0, max: 999_999 }).map(String);
const documentId = textOf(lengths.DocumentId);
const maybe = { noNullPrototype: true } as const;

const organ: fc.Arbitrary<Organ> = fc.record(
  { organId: code, organName: textOf(lengths.OrganName), organizationInCharge: line, organAdd: line, email: line, telephone: line, fax: line, website: line },
  { ...maybe, requiredKeys: ['organId', 'organName'] },
);
const responseFor: fc.Arbitrary<ResponseFor> = fc.record({ organId: code, code: line, promulgationDate: date, documentId }, { ...maybe, requiredKeys: ['organId', 'code', 'documentId'] });
// a group with nothing in it is not written, and so not read back
const staff = fc
  .record({ department: line, departmentId: line, staff: line, staffId: line, email: line, mobile: line }, { ...maybe, requiredKeys: [] })
  .filter((each) => Object.keys(each).length > 0);
const some = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> => fc.array(item, { minLength: 1, maxLength: 3 });

export const header: fc.Arbitrary<DocumentHeader> = fc.record(
  {
    from: organ,
    to: fc.uniqueArray(organ, { minLength: 1, maxLength: 4, selector: ({ organId }) => organId }),
    documentId,
    code: fc.record({ codeNumber: textOf(lengths.CodeNumber), codeNotation: textOf(lengths.CodeNotation) }, maybe),
    promulgationInfo: fc.record({ place: line, promulgationDate: date }, { ...maybe, requiredKeys: ['promulgationDate'] }),
    documentType: fc.record({ type: line, typeDetail: line, typeName: textOf(lengths.TypeName) }, { ...maybe, requiredKeys: ['typeName'] }),
    subject: textOf(lengths.Subject),
    content: textOf(lengths.Text),
    signerInfo: fc.record({ competence: line, position: textOf(lengths.Position), fullName: textOf(lengths.FullName) }, { ...maybe, requiredKeys: ['fullName'] }),
    dueDate: date,
    otherInfo: fc
      .record(
        {
          priority: fc.constantFrom(...(Object.keys(priorities) as (keyof typeof priorities)[])),
          sphereOfPromulgation: line,
          typerNotation: line,
          promulgationAmount: count,
          pageAmount: count,
          direction: line,
          appendixes: fc.record({ appendix: some(line) }, maybe),
        },
        { ...maybe, requiredKeys: [] },
      )
      .filter((each) => Object.keys(each).length > 0),
    responseFor: fc.array(responseFor, { maxLength: 3 }),
    steeringType: fc.constantFrom(...(Object.keys(steeringTypes) as (keyof typeof steeringTypes)[])),
    toPlaces: fc.record({ place: some(line) }, maybe),
  },
  { ...maybe, requiredKeys: ['from', 'to', 'documentId', 'code', 'promulgationInfo', 'documentType', 'subject', 'responseFor'] },
);

const flag = fc.constantFrom('0', '1');
export const trace: fc.Arbitrary<TraceHeaderList> = fc.record(
  {
    traceHeader: fc.array(fc.record({ organId: code, timestamp: time }, maybe), { maxLength: 3 }),
    bussiness: fc.record(
      {
        documentId,
        bussinessDocType: fc.constantFrom('0', '1', '2', '3'),
        bussinessDocReason: line,
        paper: count,
        bussinessDocumentInfo: fc.record(
          { documentInfo: flag, documentReceiver: flag, receiverList: fc.record({ receiver: some(fc.record({ organId: code, receiverType: flag }, maybe)) }, maybe) },
          { ...maybe, requiredKeys: ['documentInfo'] },
        ),
        replacementInfoList: fc.record({ replacementInfo: some(fc.record({ documentId, organIdList: fc.record({ organId: some(code) }, maybe) }, { ...maybe, requiredKeys: ['documentId'] })) }, maybe),
        staffInfo: staff,
      },
      // what an update and a replacement must name is named by all
      { ...maybe, requiredKeys: ['bussinessDocType', 'documentId', 'replacementInfoList'] },
    ),
  },
  maybe,
);

export const status: fc.Arbitrary<StatusHeader> = fc.record(
  {
    from: organ,
    responseFor,
    staffInfo: staff,
    statusCode: fc.constantFrom(...(Object.keys(statusCodes) as (keyof typeof statusCodes)[])),
    description: line,
    timestamp: time,
  },
  { ...maybe, requiredKeys: ['from', 'responseFor', 'statusCode', 'timestamp'] },
);
export const contents = fc.array(fc.record({ name: textOf(lengths.AttachmentName), bytes: fc.uint8Array({ minLength: 1, maxLength: 3000 }) }), { minLength: 1, maxLength: 3 });
