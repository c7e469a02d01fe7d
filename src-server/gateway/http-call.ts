import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { once } from 'node:events';
import { gatewayFault, GatewayFailure } from './port.ts';

export type HttpDeadlines = {
  /** From the first byte asked for to the answer's head, the time of sending the body aside. */
  readonly answerMs: number;
  /** Without a byte in either direction. */
  readonly idleMs: number;
  /** Of the whole call, its answer's last byte included. */
  readonly totalMs: number;
};

export type HttpCall = {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly sizeBytes: number; readonly open: () => AsyncIterable<Uint8Array> } | null;
};
export type HttpAnswer = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: AsyncIterable<Uint8Array> };

/** The line broke. `sent`: the other side may have everything that was to be sent. */
export class LineFailure extends Error {
  readonly sent: boolean;
  readonly reason: string;

  constructor(reason: string, sent: boolean) {
    super(reason);
    this.name = 'LineFailure';
    this.reason = reason;
    this.sent = sent;
  }
}

/** One request, streamed both ways, bounded in time in three ways. No redirect is followed: packages go where they were addressed. Throws `LineFailure`. */
export async function callHttp({ url, method, headers, body }: HttpCall, deadlines: HttpDeadlines, ca?: string): Promise<HttpAnswer> {
  let bodyEnded = body === null;
  // what was handed over before there was a line has gone nowhere
  let connected = false;
  let why = 'mất kết nối';
  const send = url.protocol === 'https:' ? secureRequest : plainRequest;
  const request: ClientRequest = send(url, { method, agent: false, headers: { ...headers, 'content-length': String(body?.sizeBytes ?? 0) }, ...(ca === undefined ? {} : { ca }) });
  const stop = (reason: string): void => {
    why = reason;
    request.destroy(new Error(reason));
  };
  const total = setTimeout(() => stop('quá thời hạn'), deadlines.totalMs);
  let answering: NodeJS.Timeout | undefined;
  request.setTimeout(deadlines.idleMs, () => stop('không có tín hiệu'));
  request.once('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (connected = true)));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    // stays for as long as the call lives: a socket that dies late must not end the program
    request.on('error', reject);
  });
  answered.catch(() => undefined);

  try {
    if (body !== null) bodyEnded = await pour(body.open(), request, answered);
    request.end();
    answering = setTimeout(() => stop('quá thời hạn trả lời'), deadlines.answerMs);
    const response = await answered;
    clearTimeout(answering);
    return { status: response.statusCode ?? 0, headers: response.headers, body: read(response, () => clearTimeout(total), () => why) };
  } catch (fault) {
    clearTimeout(total);
    clearTimeout(answering);
    request.destroy();
    if (fault instanceof SourceFault) throw fault.cause;
    throw new LineFailure(reasonOf(fault, why), body !== null && bodyEnded && connected);
  }
}

/** What was to be sent could not be read: no fault of the line. */
class SourceFault extends Error {}

/** True: all of it was handed over. False: an answer came first, and the rest is not wanted. */
async function pour(source: AsyncIterable<Uint8Array>, request: ClientRequest, answered: Promise<IncomingMessage>): Promise<boolean> {
  let early = false;
  answered.then(() => (early = true), () => (early = true));
  const pieces = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await pieces.next().catch((cause: unknown) => {
        throw new SourceFault('source', { cause });
      });
      if (done === true) return true;
      if (early) {
        await answered;
        return false;
      }
      if (!request.write(value)) await Promise.race([once(request, 'drain'), answered]);
    }
  } finally {
    await pieces.return?.();
  }
}

async function* read(response: IncomingMessage, done: () => void, why: () => string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const piece of response) yield piece as Uint8Array;
    // an answer shorter than it said ends in an error; one of chunks that never ended does too
    if (!response.complete) throw new Error('broken off');
  } catch (fault) {
    throw new GatewayFailure(gatewayFault('gateway.unreachable', 'later', { reason: reasonOf(fault, why()) }).fault);
  } finally {
    done();
    response.destroy();
  }
}

function reasonOf(fault: unknown, why: string): string {
  const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
  return code === undefined ? why : `${why}, ${code}`;
}
