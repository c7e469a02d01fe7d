import { lengths, readCodeForm } from '../../src-shared/edxml/codes.ts';

/** What the head of a package that cannot be read still says of itself: enough to tell its sender so. */
export type Peeked = { readonly sender: string; readonly senderName: string; readonly receivers: readonly string[]; readonly message: string; readonly code: string };

const headBytes = 64 << 10;

/** Remembers the head of what goes by. */
export function createPeek(): { readonly watch: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>; readonly read: () => Peeked | null } {
  let head = Buffer.alloc(0);
  return {
    watch: async function* (source) {
      for await (const piece of source) {
        if (head.length < headBytes) head = Buffer.concat([head, piece.subarray(0, headBytes - head.length)]);
        yield piece;
      }
    },
    read: () => peek(head.toString('utf8')),
  };
}

/**
 * Null where it does not clearly say who sent what, and for messages on states: a refusal is not refused. The text is nobody's but the sender's; nothing is done by it but
 * that an answer goes to the code it gives.
 */
export function peek(text: string): Peeked | null {
  if (find(text, 'StatusCode') !== null) return null;
  const from = find(text, 'From');
  const sender = from === null ? null : find(from, 'OrganId');
  const message = find(text.replace(/<(?:\w+:)?ResponseFor\b[\s\S]{0,8000}?<\/(?:\w+:)?ResponseFor>/g, ''), 'DocumentId');
  if (from === null || sender === null || message === null || readCodeForm(sender) === undefined || message.length > lengths.DocumentId) return null;
  const receivers = [...text.matchAll(/<(?:\w+:)?To>([\s\S]{0,8000}?)<\/(?:\w+:)?To>/g)].flatMap(([, inside]) => find(inside ?? '', 'OrganId') ?? []);
  const code = `${find(text, 'CodeNumber') ?? ''}/${find(text, 'CodeNotation') ?? ''}`.slice(0, lengths.Line);
  return { sender, senderName: (find(from, 'OrganName') ?? sender).slice(0, lengths.OrganName), receivers, message, code };
}

/** The text of the first element of this name, plain characters alone. */
function find(text: string, name: string): string | null {
  const inside = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^<>]*)?>([\\s\\S]{0,8000}?)</(?:\\w+:)?${name}>`).exec(text)?.[1]?.trim() ?? '';
  return inside === '' || /[\p{Cc}&]/u.test(inside) ? null : inside;
}
