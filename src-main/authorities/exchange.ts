import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Agents } from './proxy.ts';

export type Exchange = {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** An answer that is larger is dropped as soon as that is known. */
  readonly maxBytes: number;
  readonly connectMs: number;
  readonly agents: Agents;
  readonly signal: AbortSignal;
};

export type Exchanged =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Uint8Array }
  | { readonly kind: 'too-large' }
  /** `code` of Node's network layer. */
  | { readonly kind: 'lost'; readonly code: string };

/** One request, one answer, nothing followed and nothing tried again. Never throws for what the far side or the line does. */
export async function exchange(input: Exchange): Promise<Exchanged> {
  try {
    const response = await open(input);
    const declared = Number(response.headers['content-length'] ?? 0);
    const body = declared > input.maxBytes ? null : await readAll(response, input.maxBytes);
    if (body === null) {
      response.destroy();
      return { kind: 'too-large' };
    }
    return { kind: 'answer', status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    return { kind: 'lost', code: codeOf(error) };
  }
}

function open({ url, method, headers, body, connectMs, agents, signal }: Exchange): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const length = body === null ? {} : { 'content-length': String(body.length) };
    const options = { method, headers: { ...headers, ...length }, agent: secure ? agents.https : agents.http, signal };
    const request = secure ? requestHttps(url, options) : requestHttp(url, options);
    // A host that swallows packets must not use up the time of the next address.
    const timer = setTimeout(() => request.destroy(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })), connectMs);
    const connected = (): void => clearTimeout(timer);
    request.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', connected);
      else connected();
    });
    request.once('response', resolve);
    request.once('close', connected);
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

async function readAll(response: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) return null;
    chunks.push(chunk as Buffer);
  }
  // of its own memory: what is kept of an answer does not hold one of Node's shared blocks
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERROR';
}
