import { createCoding } from '../../../src-main/sync/coding.ts';

export function urlOf(input: Parameters<typeof fetch>[0]): string {
  return typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
}

/** A call whose question and answer are both changed on the way. What was packed goes as it is. `question` null: sent as it is. */
export async function withBody<Q, A extends object>(fetch_: typeof fetch, input: Parameters<typeof fetch>[0], init: RequestInit | undefined, question: ((body: Q) => object | Promise<object>) | null, answer: (body: A) => object): Promise<Response> {
  const headers = new Headers(init?.headers);
  const body = question === null || init?.body === undefined || init.body === null ? init?.body : JSON.stringify(await question(decode(init.body, headers) as Q));
  if (question !== null) headers.delete('content-encoding');
  headers.set('accept-encoding', 'identity');
  const got = await fetch_(input, { ...init, headers, ...(body === undefined || body === null ? {} : { body }) });
  if (!got.ok || !(got.headers.get('content-type') ?? '').includes('json')) return got;
  const text = await got.text();
  return new Response(JSON.stringify(answer(JSON.parse(text) as A)), { status: got.status, headers: { 'content-type': 'application/json' } });
}

function decode(body: NonNullable<RequestInit['body']>, headers: Headers): unknown {
  const coding = headers.get('content-encoding');
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body as Uint8Array);
  return createCoding().decode(bytes, coding);
}
