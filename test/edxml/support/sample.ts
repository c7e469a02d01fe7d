import type { DocumentHeader, StatusHeader, TraceHeaderList } from '../../../src-shared/edxml/model.ts';
import type { AttachmentToSend, PackageToSend } from '../../../src-shared/edxml/writer.ts';

export const senderCode = '000.00.00.H41';
export const receiverCode = 'H14.05.02';

export const header: DocumentHeader = {
  from: { organId: senderCode, organizationInCharge: 'UBND tỉnh Nghệ An', organName: 'UBND xã Hòa Tiến', organAdd: 'Số 3, đường Trường Thi', email: 'xa@nghean.gov.vn', telephone: '0238 384 0418' },
  to: [
    { organId: receiverCode, organName: 'UBND xã Hòa Sơn' },
    { organId: 'G22', organName: 'Văn phòng Chính phủ', website: 'vpcp.vn' },
  ],
  documentId: '000.00.00.H41,2026/11/20,15/UBND-VP',
  code: { codeNumber: '15', codeNotation: 'UBND-VP' },
  promulgationInfo: { place: 'Hòa Tiến', promulgationDate: '2026/11/20' },
  documentType: { type: '1', typeDetail: '0', typeName: 'Công văn' },
  subject: 'V/v kết nối, liên thông & phần mềm <quản lý văn bản>',
  content: 'Dòng một\nDòng hai',
  signerInfo: { competence: 'KT. CHỦ TỊCH', position: 'Phó Chủ tịch', fullName: 'Nguyễn Văn A' },
  dueDate: '2026/11/30',
  otherInfo: { priority: '1', typerNotation: 'TVC', promulgationAmount: '2', pageAmount: '3', direction: 'false', appendixes: { appendix: ['Phụ lục 1'] } },
  responseFor: [{ organId: receiverCode, code: '267/UBND', promulgationDate: '2026/11/02', documentId: 'b9f2a2d0-0a3c-4c49-8f0c-21f9c6a0f2aa' }],
  steeringType: '1',
  toPlaces: { place: ['Như trên', 'Lưu: VT'] },
};

export const trace: TraceHeaderList = {
  traceHeader: [{ organId: senderCode, timestamp: '2026/11/20 16:45:09' }],
  bussiness: { bussinessDocType: '0', bussinessDocReason: 'Văn bản điện tử mới', paper: '0', staffInfo: { department: 'Văn thư', staff: 'Trần Thị B', email: 'vanthu@nghean.gov.vn', mobile: '0912000001' } },
};

export const status: StatusHeader = {
  from: { organId: receiverCode, organName: 'UBND xã Hòa Sơn' },
  responseFor: { organId: senderCode, code: '15/UBND-VP', promulgationDate: '2026/11/20', documentId: header.documentId },
  staffInfo: { department: 'Văn thư', staff: 'Lê C', mobile: '0912', email: 'c@h14.gov.vn' },
  statusCode: '03',
  description: 'Tiếp nhận, vào sổ văn bản đến',
  timestamp: '2026/11/20 17:00:00',
};

const uuid = '3f2c6c1e-6b1d-4a57-9f53-0c3b5f0a9d11';

export function attachment(index: number, name: string, bytes: Uint8Array): AttachmentToSend {
  return {
    contentId: `cid:${index + 1}`,
    attachmentName: name,
    description: name,
    contentType: 'application/pdf',
    entryName: `${uuid}.pdf`,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
  };
}

export const pdf = Buffer.from(`%PDF-1.7\n${'Nội dung văn bản. '.repeat(400)}\n%%EOF\n`);
export const toSend: PackageToSend = { header, trace, attachments: [attachment(0, 'Công văn 15 ký số.pdf', pdf), attachment(1, 'Phụ lục.docx', Buffer.from('PK không phải tệp nén'))] };
