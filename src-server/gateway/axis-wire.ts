import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { MessageKind, Retry } from './port.ts';

/*
 * What goes over the line to the axis, after the shape of its SDK and of a provincial LGSP (domain §2.6). The SDK's own text was not to be had: names
 * of paths and headers stand in this file and in no other, so that an axis that says them otherwise is a change here.
 */

export const axisPaths = {
  list: 'getReceivedEdocList',
  get: 'getEdoc',
  send: 'sendEdoc',
  updateStatus: 'updateStatus',
  agencies: 'getAgenciesListQD20',
} as const;

export const axisHeaders = { systemId: 'x-system-id', timestamp: 'x-timestamp', signature: 'x-signature', header: 'x-edoc-header' } as const;
export const edocContentType = 'application/xml';
export const jsonContentType = 'application/json';

/** The JSON that says what a call is about. ASCII alone: HTTP headers carry no more. */
export type AxisHeader = { readonly servicetype: 'eDoc'; readonly messagetype: MessageKind; readonly from: string; readonly to?: readonly string[]; readonly docId?: string };

export const axisHeader = z.object({ servicetype: z.literal('eDoc'), messagetype: z.enum(['edoc', 'status']), from: z.string(), to: z.array(z.string()).optional(), docId: z.string().optional() });

/** HMAC-SHA256 over systemId + timestamp + content type + body, Base64. `timestamp`: milliseconds since 1970, as text. */
export function createAxisHmac(secret: string, systemId: string, timestamp: string, contentType: string): { readonly update: (bytes: Uint8Array) => void; readonly value: () => string } {
  const hmac = createHmac('sha256', secret).update(systemId).update(timestamp).update(contentType);
  return { update: (bytes) => void hmac.update(bytes), value: () => hmac.digest('base64') };
}

/** What the axis answers by number. `retry`: what is to be done about it. */
export const axisCodes: Readonly<Record<number, { readonly vi: string; readonly retry: Retry }>> = {
  0: { vi: 'thành công', retry: 'never' },
  10: { vi: 'tệp gói tin không hợp lệ', retry: 'never' },
  15: { vi: 'sai thông tin xác thực của hệ thống', retry: 'never' },
  18: { vi: 'nơi nhận không tồn tại', retry: 'never' },
  19: { vi: 'nơi gửi chưa đăng ký', retry: 'never' },
  20: { vi: 'lỗi của nền tảng tích hợp (LGSP)', retry: 'later' },
  21: { vi: 'lỗi khi xử lý tệp', retry: 'later' },
  22: { vi: 'gói tin không đúng định dạng edXML', retry: 'never' },
  23: { vi: 'nơi nhận đang bị khóa', retry: 'never' },
};

const code = z.union([z.int(), z.string().regex(/^[0-9]{1,6}$/).transform(Number)]);
const text = z.string().max(2000);

export const axisAnswer = z.object({ errorCode: code, errorDesc: text.optional() });
export const sentAnswer = axisAnswer.extend({ docId: z.string().min(1).max(200) });
export const listAnswer = axisAnswer.extend({
  edocs: z.array(z.object({ docId: z.string().min(1).max(200), messagetype: z.enum(['edoc', 'status']), from: z.string().max(200).optional() })).max(10_000),
});
export const agency = z.object({ code: z.string().min(1).max(100), name: text, code102: z.string().max(100).optional(), pcode: z.string().max(100).optional() });
export type Agency = z.infer<typeof agency>;
/** More than 123,000 entries are known (domain §2.2). */
export const agenciesAnswer = axisAnswer.extend({ agencies: z.array(agency).max(500_000) });
