/** The namespace of every element of a package, whatever its prefix (QCVN 102:2016/BTTTT). */
export const edxmlNamespace = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** BussinessDocType (the spelling is the standard's). */
export const businessTypes = { '0': 'Văn bản điện tử mới', '1': 'Thu hồi văn bản điện tử', '2': 'Cập nhật văn bản điện tử', '3': 'Văn bản thay thế' } as const;
export type BusinessType = keyof typeof businessTypes;

/** StatusCode of a status message. 13: the sender asks for its document back; 15 and 16 answer 13 and updates. */
export const statusCodes = {
  '01': 'Đã đến',
  '02': 'Từ chối tiếp nhận',
  '03': 'Đã tiếp nhận',
  '04': 'Phân công xử lý',
  '05': 'Đang xử lý',
  '06': 'Hoàn thành xử lý',
  '13': 'Yêu cầu lấy lại',
  '15': 'Đồng ý yêu cầu cập nhật, lấy lại',
  '16': 'Từ chối yêu cầu cập nhật, lấy lại',
} as const;
export type StatusCode = keyof typeof statusCodes;

export const priorities = { '0': 'Thường', '1': 'Khẩn', '2': 'Thượng khẩn', '3': 'Hỏa tốc', '4': 'Hỏa tốc hẹn giờ' } as const;
export type Priority = keyof typeof priorities;

export const steeringTypes = { '1': 'Không phải chỉ đạo', '2': 'Chỉ đạo', '3': 'Báo cáo chỉ đạo' } as const;

export const receiverTypes = { '0': 'Bớt nơi nhận', '1': 'Thêm nơi nhận' } as const;

/** Most characters of a field. The first eight are of NĐ 30/2020/NĐ-CP App VI, Reason of the practice (domain §2.5); the others are bounds of this program. */
export const lengths = {
  Subject: 500,
  CodeNumber: 11,
  CodeNotation: 30,
  OrganName: 200,
  Position: 100,
  FullName: 50,
  ToPlaces: 1000,
  TypeName: 100,
  Reason: 1000,
  OrganId: 35,
  DocumentId: 200,
  Line: 500,
  Text: 4000,
  AttachmentName: 500,
} as const;

/** Most items of a list. */
export const counts = { To: 5000, ResponseFor: 200, Place: 1000, Appendix: 500, TraceHeader: 1000, Receiver: 5000, ReplacementInfo: 200, Attachment: 500 } as const;

const codeForms = [
  // QĐ 20/2020/QĐ-TTg Art 4: groups grow from left to right
  ['qd20', /^[A-Y][0-9]{2}(\.[0-9A-Z]+)*$/],
  // QĐ 28/2018/QĐ-TTg Art 10.2a: level 1 is the last group; the samples of the axis also leave out leading groups
  ['old', /^([0-9A-Z]{2,3}\.){1,3}[A-Z][0-9]{2}$/],
  // QĐ 20/2020 Art 6: scheme and at most 32 characters
  ['scheme', /^Z[0-9]{2}[0-9A-Z]{0,32}$/],
  // QĐ 20/2020 Art 5: the number in the register of businesses
  ['enterprise', /^[0-9]{10}(-[0-9]{3})?$/],
] as const;
export type CodeForm = (typeof codeForms)[number][0];

/** The form of an organisation's code; undefined when it has none of them. */
export function readCodeForm(code: string): CodeForm | undefined {
  if (code.length > lengths.OrganId) return undefined;
  return codeForms.find(([, form]) => form.test(code))?.[0];
}
