import { eventHint } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import { again, type Failure } from './failure.ts';
import { readPieces } from './reading.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Wire } from './wire.ts';

/** A line of hints is never longer. */
const maxLine = 10_000;

/**
 * Holds GET /v1/events open until it ends, and tells every hint. Hints only: one that is lost is made up for by the next pull.
 * Nothing for `silenceMs`, not even the comment that the server says every 20 s, is a line that has died without a word.
 */
export async function listenForHints(options: { wire: Wire; session: Session; desk: DeskStore; time: Time; timing: SyncTiming; onHint: () => void }): Promise<Failure> {
  const { wire, session, desk, time, timing, onHint } = options;
  const cursor = desk.cursor();
  const answer = await session.withToken((token) => wire.open('GET', `/v1/events${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`, { token, headers: { accept: 'text/event-stream', 'accept-encoding': 'identity' } }));
  if (!answer.ok) return answer.failure;
  const opened = answer.value;
  try {
    if (!(opened.response.headers.get('content-type') ?? '').startsWith('text/event-stream')) return { kind: 'line', sent: false };
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of readPieces(opened, time, timing.silenceMs)) {
      text += decoder.decode(piece, { stream: true });
      const lines = text.split(/\r\n|\r|\n/);
      text = lines.pop() ?? '';
      if (text.length > maxLine) return { kind: 'line', sent: false };
      for (const line of lines) if (isHint(line)) onHint();
    }
    // the server, or something before it, has closed: a new one is opened
    return again;
  } catch {
    return { kind: 'line', sent: false };
  } finally {
    opened.cancel();
  }
}

/** WHATWG HTML 9.2.6. One line of data is one event here; names and comments say nothing more. */
function isHint(line: string): boolean {
  if (!line.startsWith('data:')) return false;
  try {
    return eventHint.safeParse(JSON.parse(line.slice(5))).success;
  } catch {
    return false;
  }
}
