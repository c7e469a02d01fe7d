import type { z } from 'zod';
import { agenciesAnswer, axisAnswer, axisCodes, axisHeaders, axisPaths, createAxisHmac, edocContentType, jsonContentType, listAnswer, sentAnswer, type Agency, type AxisHeader } from './axis-wire.ts';
import { callHttp, LineFailure, type HttpAnswer, type HttpCall, type HttpDeadlines } from './http-call.ts';
import { gatewayFault, GatewayFailure, gatewayOk, type Gateway, type GatewayResult, type MessageKind, type ReceivedEntry } from './port.ts';

export type AxisOptions = {
  /** Of the axis' door; paths are put after it. `https:`, or `http:` on this machine alone. */
  readonly baseUrl: string;
  readonly systemId: string;
  readonly secret: string;
  /** The organisation that speaks. */
  readonly from: string;
  readonly now: () => number;
  readonly deadlines: HttpDeadlines;
  /** Certificate authority of the axis, PEM, where the system does not know it. */
  readonly ca?: string;
  /** Domain §2.6: a provincial gateway takes 50 MB. */
  readonly mostBytes: number;
};

export type AxisGateway = Gateway & { readonly listAgencies: () => Promise<GatewayResult<readonly Agency[]>> };

const answerBytes = 4 << 20;
const agenciesBytes = 128 << 20;

/** The axis over HTTP, in the shape of its SDK. Every request is signed over its body. */
export function createAxisGateway(options: AxisOptions): AxisGateway {
  const { baseUrl, systemId, secret, from, now, deadlines, ca, mostBytes } = options;
  const base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  // QĐ 28/2018/QĐ-TTg Art 13.2: the link is encrypted
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(base.hostname))) throw new Error('the axis is spoken to over https');

  return {
    async listReceived() {
      const all: ReceivedEntry[] = [];
      for (const kind of ['edoc', 'status'] as const) {
        const answer = await ask(axisPaths.list, listAnswer, { kind, params: { messagetype: kind } });
        if (!answer.ok) return answer;
        all.push(...answer.value.edocs.map((each): ReceivedEntry => ({ id: each.docId, kind: each.messagetype, from: each.from ?? null })));
      }
      return gatewayOk(all);
    },

    async fetch({ id, kind }) {
      const answer = await call(axisPaths.get, { kind: kind === 'status' ? 'status' : 'edoc', docId: id, params: { docId: id } });
      if (!answer.ok) return answer;
      // a refusal comes as JSON, a package never does
      if (isJson(answer.value)) {
        const read = await readJson(answer.value, axisAnswer, answerBytes, false);
        return read.ok ? gatewayFault('gateway.refused', 'later', { status: 0, reason: 'không có nội dung gói tin' }) : read;
      }
      return gatewayOk(answer.value.body);
    },

    async send({ kind, from: sender, to, key, open }) {
      const answer = await ask(axisPaths.send, sentAnswer, { kind, from: sender, to, docId: key, contentType: edocContentType, open });
      return answer.ok ? gatewayOk({ id: answer.value.docId }) : answer;
    },

    async updateStatus({ id, kind }, state) {
      const body = Buffer.from(JSON.stringify({ docId: id, status: state }));
      const answer = await ask(axisPaths.updateStatus, axisAnswer, { kind: kind === 'status' ? 'status' : 'edoc', docId: id, contentType: jsonContentType, open: () => oneOf(body), again: true });
      return answer.ok ? gatewayOk(null) : answer;
    },

    async listAgencies() {
      const answer = await ask(axisPaths.agencies, agenciesAnswer, { kind: 'edoc', bytes: agenciesBytes });
      return answer.ok ? gatewayOk(answer.value.agencies) : answer;
    },
  };

  type Asked = {
    readonly kind: MessageKind;
    readonly from?: string;
    readonly to?: readonly string[];
    readonly docId?: string;
    readonly params?: Readonly<Record<string, string>>;
    readonly contentType?: string;
    readonly open?: () => AsyncIterable<Uint8Array>;
    readonly bytes?: number;
    /** Doing it twice is the same as doing it once. */
    readonly again?: boolean;
  };

  async function ask<Schema extends typeof axisAnswer>(path: string, schema: Schema, asked: Asked): Promise<GatewayResult<z.infer<Schema>>> {
    const answer = await call(path, asked);
    if (!answer.ok) return answer;
    return readJson(answer.value, schema, asked.bytes ?? answerBytes, asked.open !== undefined && asked.again !== true);
  }

  async function call(path: string, asked: Asked): Promise<GatewayResult<HttpAnswer>> {
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(asked.params ?? {})) url.searchParams.set(name, value);
    const timestamp = String(now());
    const contentType = asked.contentType ?? '';
    const hmac = createAxisHmac(secret, systemId, timestamp, contentType);
    let sizeBytes = 0;
    // the signature goes before the body: it is read once for that, and once more to be sent
    if (asked.open !== undefined)
      for await (const piece of asked.open()) {
        sizeBytes += piece.length;
        if (sizeBytes > mostBytes) return gatewayFault('gateway.refused', 'never', { status: 10, reason: `gói tin lớn hơn ${Math.floor(mostBytes / (1 << 20))} MB` });
        hmac.update(piece);
      }
    const header: AxisHeader = { servicetype: 'eDoc', messagetype: asked.kind, from: asked.from ?? from, ...(asked.to === undefined ? {} : { to: asked.to }), ...(asked.docId === undefined ? {} : { docId: asked.docId }) };
    const http: HttpCall = {
      url,
      method: asked.open === undefined ? 'GET' : 'POST',
      headers: {
        [axisHeaders.systemId]: systemId,
        [axisHeaders.timestamp]: timestamp,
        [axisHeaders.signature]: hmac.value(),
        [axisHeaders.header]: asciiJson(header),
        ...(contentType === '' ? {} : { 'content-type': contentType }),
      },
      body: asked.open === undefined ? null : { sizeBytes, open: asked.open },
    };
    try {
      const answer = await callHttp(http, deadlines, ca);
      return answer.status === 200 ? gatewayOk(answer) : await refusedBy(answer, asked.open !== undefined && asked.again !== true);
    } catch (fault) {
      if (!(fault instanceof LineFailure)) throw fault;
      return fault.sent && asked.again !== true ? gatewayFault('gateway.uncertain', 'uncertain', { reason: fault.reason }) : gatewayFault('gateway.unreachable', 'later', { reason: fault.reason });
    }
  }
}

/** RFC 9110 15: what a status says about doing it again. */
async function refusedBy({ status, headers, body }: HttpAnswer, sends: boolean): Promise<GatewayResult<never>> {
  await drop(body);
  const wait = Number(headers['retry-after']);
  const afterMs = Number.isFinite(wait) && wait >= 0 ? Math.min(wait, 86_400) * 1000 : null;
  const reason = `HTTP ${status}`;
  if (status === 429 || status === 503) return gatewayFault('gateway.unreachable', 'later', { reason }, afterMs);
  if (status >= 500) return sends ? gatewayFault('gateway.uncertain', 'uncertain', { reason }) : gatewayFault('gateway.unreachable', 'later', { reason }, afterMs);
  return gatewayFault('gateway.refused', status === 408 ? 'later' : 'never', { status, reason });
}

async function readJson<Schema extends typeof axisAnswer>(answer: HttpAnswer, schema: Schema, most: number, sends: boolean): Promise<GatewayResult<z.infer<Schema>>> {
  const unclear = (reason: string): ReturnType<typeof gatewayFault> => (sends ? gatewayFault('gateway.uncertain', 'uncertain', { reason }) : gatewayFault('gateway.unreachable', 'later', { reason }));
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of answer.body) {
      size += piece.length;
      if (size > most) return unclear('câu trả lời quá dài');
      pieces.push(piece);
    }
  } catch (fault) {
    if (!(fault instanceof GatewayFailure)) throw fault;
    return unclear(String(fault.fault.error.params?.['reason'] ?? ''));
  }
  const value = parse(Buffer.concat(pieces));
  const plain = axisAnswer.safeParse(value);
  if (!plain.success) return unclear('câu trả lời không đọc được');
  const { errorCode } = plain.data;
  if (errorCode !== 0) {
    const known = axisCodes[errorCode];
    return gatewayFault('gateway.refused', known?.retry ?? 'later', { status: errorCode, reason: known?.vi ?? plain.data.errorDesc?.slice(0, 200) ?? 'lỗi chưa rõ' });
  }
  const full = schema.safeParse(value);
  return full.success ? gatewayOk(full.data) : unclear('câu trả lời không đọc được');
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

function isJson({ headers }: HttpAnswer): boolean {
  return (headers['content-type'] ?? '').startsWith(jsonContentType);
}

async function drop(body: AsyncIterable<Uint8Array>): Promise<void> {
  let size = 0;
  try {
    for await (const piece of body) if ((size += piece.length) > answerBytes) return;
  } catch (fault) {
    // the status has been read: what of the rest gets lost says nothing more
    if (!(fault instanceof GatewayFailure)) throw fault;
  }
}

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes);
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[^ -~]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
