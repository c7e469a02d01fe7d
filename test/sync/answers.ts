import { randomBytes } from 'node:crypto';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { commandOf, draftBody, newDocument, signIn, type Who } from '../server/office.ts';
import { pathOf } from './desk.ts';

/** A header of a request as the desk sends it. */
export function headerOf(init: RequestInit | undefined, name: string): string | null {
  return new Headers(init?.headers).get(name);
}

type Answer = { readonly path: string; readonly method: string; readonly ask: () => Promise<Response> };

/** A `fetch` whose calls can be seen and answered otherwise; whoever does nothing lets them through. */
export function answering(between: (call: Answer) => Promise<Response | null> | Response | null): typeof fetch {
  return async (input, init) => (await between({ path: pathOf(input), method: init?.method ?? 'GET', ask: () => fetch(input, init) })) ?? fetch(input, init);
}

/** The same, for JSON that travels plain so that it can be changed on its way. */
export function rewriting(paths: readonly string[], rewrite: (path: string, body: unknown) => unknown): typeof fetch {
  return async (input, init) => {
    const path = pathOf(input);
    if (!paths.includes(path)) return fetch(input, init);
    const answer = await fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), 'accept-encoding': 'identity' } });
    return answer.ok ? Response.json(rewrite(path, await answer.json())) : answer;
  };
}

export function refusing(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { code } }, { status, headers });
}

/** So many drafts of one person, all with the same content, made at the server in the order of the list. */
export async function drafts(url: string, who: Who, count: number, bytes: Uint8Array = randomBytes(1000)): Promise<readonly DocumentId[]> {
  const client = await signIn(url, who);
  const content = await client.upload(bytes);
  const ids = Array.from({ length: count }, newDocument);
  for (let at = 0; at < count; at += 25) {
    const answers = await client.push(...ids.slice(at, at + 25).map((id) => commandOf(who, id, { workflow: 0, assignment: 0 }, draftBody(content))));
    const refused = answers.find(({ status }) => status !== 'applied');
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
  }
  return ids;
}
