import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { axisHeader, axisHeaders, createAxisHmac } from '../../../src-server/gateway/axis-wire.ts';

export type Behaviour = (path: string, response: ServerResponse, request: IncomingMessage) => boolean;
export type AxisServer = {
  readonly baseUrl: string;
  readonly messages: Map<string, { readonly kind: 'edoc' | 'status'; readonly from: string; readonly to: readonly string[]; readonly bytes: Buffer; state: string | null }>;
  /** What is done instead of answering; true: it took the request. */
  behave: Behaviour | null;
  calls: number;
  readonly refused: string[];
  readonly close: () => Promise<void>;
};

export const systemId = 'QLVB-H41';
export const secret = 'mật khẩu của hệ thống';
/** A signature older than this is somebody's recording. */
const freshMs = 5 * 60_000;

/** A stand-in for the axis, on loopback: checks every request as the real one says it does. */
export async function startAxis(): Promise<AxisServer> {
  const messages: AxisServer['messages'] = new Map();
  const agencies = [
    { code: 'H14.05', name: 'UBND xã Hòa Sơn', code102: '000.05.00.H14', pcode: 'H14' },
    { code: 'G22', name: 'Văn phòng Chính phủ' },
  ];
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  const axis: AxisServer = {
    baseUrl: '',
    messages,
    behave: null,
    calls: 0,
    refused: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(axis, { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/vxp/v1/` });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    axis.calls += 1;
    const url = new URL(request.url ?? '/', 'http://axis');
    const path = url.pathname.replace('/vxp/v1/', '');
    if (axis.behave?.(path, response, request) === true) return;
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const said = (name: keyof typeof axisHeaders): string => String(request.headers[axisHeaders[name]] ?? '');
    const hmac = createAxisHmac(secret, systemId, said('timestamp'), request.headers['content-type'] ?? '');
    hmac.update(body);
    if (said('systemId') !== systemId || said('signature') !== hmac.value() || Math.abs(Date.now() - Number(said('timestamp'))) > freshMs) {
      axis.refused.push(path);
      return answer(response, { errorCode: '15', errorDesc: 'sai thông tin' });
    }
    const header = axisHeader.parse(JSON.parse(said('header')));
    if (path === 'getReceivedEdocList') {
      const kind = url.searchParams.get('messagetype');
      const edocs = [...messages].filter(([, each]) => each.kind === kind && each.state === null).map(([docId, each]) => ({ docId, messagetype: each.kind, from: each.from }));
      return answer(response, { errorCode: '0', errorDesc: '', edocs });
    }
    if (path === 'getEdoc') {
      const found = messages.get(url.searchParams.get('docId') ?? '');
      if (found === undefined) return answer(response, { errorCode: '21' });
      response.writeHead(200, { 'content-type': 'application/xml', 'content-length': found.bytes.length });
      response.end(found.bytes);
      return;
    }
    if (path === 'sendEdoc') {
      if (header.to?.some((code) => !agencies.some((each) => each.code === code || each.code102 === code)) !== false) return answer(response, { errorCode: '18' });
      if (!body.includes('QCVN_102_2016')) return answer(response, { errorCode: '22' });
      const docId = header.docId ?? '';
      messages.set(docId, { kind: header.messagetype, from: header.from, to: header.to, bytes: body, state: null });
      return answer(response, { errorCode: '0', docId });
    }
    if (path === 'updateStatus') {
      const { docId, status } = JSON.parse(body.toString()) as { docId: string; status: string };
      const found = messages.get(docId);
      if (found === undefined) return answer(response, { errorCode: '10' });
      found.state = status;
      return answer(response, { errorCode: '0' });
    }
    if (path === 'getAgenciesListQD20') return answer(response, { errorCode: 0, agencies });
    response.writeHead(404).end();
  }
}

export function answer(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
