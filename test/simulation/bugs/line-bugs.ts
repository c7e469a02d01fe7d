import { createHash } from 'node:crypto';
import type { Versions } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Planted } from '../world/planted.ts';
import { urlOf, withBody } from './rewrite.ts';

type Pushed = { commands: { id: string; document: DocumentId; base?: Versions }[] };

/** Another id for the same, when it is not the first time: `id` of the command, and how often it went. */
function otherId(id: string, time: number): string {
  const hex = createHash('sha256').update(`${id} ${time}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Whoever comes last is right: what a command was made over is what stands when it comes. */
export const lastWriterWins: Planted = {
  fetch: (fetch_, _desk, { versions }) => {
    // said once, so that the same key does not come with another content
    const said = new Map<string, Versions | undefined>();
    return async (input, init) => {
      if (!urlOf(input).endsWith('/v1/push')) return fetch_(input, init);
      return withBody<Pushed, object>(fetch_, input, init, async ({ commands }) => {
        const first = new Set<DocumentId>();
        for (const { id, document, base } of commands) {
          if (!said.has(id)) said.set(id, first.has(document) ? base : await versions(document));
          first.add(document);
        }
        return { commands: commands.map((command) => ({ ...command, base: said.get(command.id), dependsOn: undefined })) };
      }, (answer) => answer);
    };
  },
};

/** A key is made for every attempt. */
export const newKeyPerRetry: Planted = {
  fetch: (fetch_) => {
    const times = new Map<string, number>();
    return (input, init) => {
      if (!urlOf(input).endsWith('/v1/push')) return fetch_(input, init);
      const back = new Map<string, string>();
      return withBody<Pushed, { answers: { id: string }[] }>(fetch_, input, init, ({ commands }) => ({
        commands: commands.map((command) => {
          const time = (times.get(command.id) ?? 0) + 1;
          times.set(command.id, time);
          const id = time === 1 ? command.id : otherId(command.id, time);
          back.set(id, command.id);
          return { ...command, id };
        }),
      }), ({ answers }) => ({ answers: answers.map((answer) => ({ ...answer, id: back.get(answer.id) ?? answer.id })) }));
    };
  },
};

/** The second of two copies of a desk calls everything by names of its own. */
export const copySendsTwice: Planted = {
  fetch: (fetch_, _desk, { isCopy }) => (input, init) => {
    if (!isCopy || !urlOf(input).endsWith('/v1/push')) return fetch_(input, init);
    const back = new Map<string, string>();
    return withBody<Pushed, { answers: { id: string }[] }>(fetch_, input, init, ({ commands }) => ({
      commands: commands.map((command) => {
        const id = otherId(command.id, 0);
        back.set(id, command.id);
        return { ...command, id };
      }),
    }), ({ answers }) => ({ answers: answers.map((answer) => ({ ...answer, id: back.get(answer.id) ?? answer.id })) }));
  },
};

/** Whoever is asked to sign in again begins with nothing waiting. */
export const dropsAt401: Planted = {
  desk: (desk) => ({ ...desk, ...unasked }),
  fetch: (fetch_, desk) => async (input, init) => {
    const answer = await fetch_(input, init);
    if (answer.status === 401) for (const { command } of desk.outbox()) desk.settle({ id: command.id, status: 'applied' });
    return answer;
  },
};

/** The file goes whole, although the server has all but its tail. */
export const wholeInsteadOfTail: Planted = {
  fetch: (fetch_) => (input, init) => (urlOf(input).endsWith('/v1/uploads') ? withBody<{ base: string | null }, object>(fetch_, input, init, (asked) => ({ ...asked, base: null }), (answer) => answer) : fetch_(input, init)),
};

/** After one refusal because the server was busy it is never asked again. */
export const neverAgain: Planted = {
  fetch: (fetch_) => {
    let given = false;
    return async (input, init) => {
      if (given) throw new TypeError('given up');
      const answer = await fetch_(input, init);
      given = answer.status === 503;
      return answer;
    };
  },
};

/** Digests are not looked at. */
export const withoutDigest: NonNullable<Planted['fetch']> = (fetch_) => (input, init) =>
  (urlOf(input).includes('/v1/changes?') || urlOf(input).endsWith('/v1/changes') ? withBody<never, { digest?: string }>(fetch_, input, init, null, (page) => ({ ...page, digest: undefined })) : fetch_(input, init));

/** What was called done is not asked for again, whatever the feed says: a desk that does would find out. */
export const unasked = { answered: () => [] } as const;
