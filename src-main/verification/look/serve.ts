import { compareStates } from './compare-states.ts';
import type { FromPainter, Question, ToPainter } from './messages.ts';
import { createRenderer, rangeBytes, type FileBytes, type Renderer } from './renderer.ts';
import type { Deadline } from './watchdog.ts';

/** How long after its deadline a question may still be in hand before the process ends itself. */
const graceMs = 2_000;
/** Bytes of a large file that are kept: two states of one file are the same bytes but for the end. */
const keptRanges = 64;

/** Answers the program's questions, one at a time, until it lets go. */
export async function serve(deadline: Deadline): Promise<void> {
  const waiting = new Map<number, (bytes: Uint8Array) => void>();
  let lastRead = 0;
  const askFor = (offset: number, length: number): Promise<Uint8Array> => {
    const id = ++lastRead;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      say({ kind: 'read', id, offset, length });
    });
  };
  process.once('disconnect', () => process.exit(0));
  const renderer = await createRenderer();
  process.on('message', (message: ToPainter) => {
    if (message.kind === 'bytes') {
      waiting.get(message.id)?.(message.bytes);
      waiting.delete(message.id);
    } else {
      waiting.clear();
      void answer(renderer, message, fileOf(message, askFor), deadline);
    }
  });
  say({ kind: 'ready' });
}

async function answer(renderer: Renderer, question: Question, file: FileBytes, deadline: Deadline): Promise<void> {
  const { id } = question;
  deadline.set(Date.now() + question.deadlineMs + graceMs);
  try {
    const cut = await compareStates(renderer, file, question, {
      page: (state, page, places) => say({ kind: 'page', id, state, page, places: [...places] }),
      fault: (state, page, fault) => say({ kind: 'fault', id, state, page, fault }),
    });
    say({ kind: 'done', id, cut });
  } catch {
    // Whatever pdf.js throws over a strange file: what it says helps nobody at a desk
    say({ kind: 'failed', id });
  } finally {
    deadline.set(null);
  }
}

function fileOf({ sizeBytes, password, whole }: Question, askFor: (offset: number, length: number) => Promise<Uint8Array>): FileBytes {
  if (whole !== null) return { sizeBytes, password, read: (offset, length) => Promise.resolve(whole.subarray(offset, offset + length)) };
  const ranges = new Map<number, Promise<Uint8Array>>();
  const rangeAt = (index: number): Promise<Uint8Array> => {
    const known = ranges.get(index);
    if (known !== undefined) return known;
    const oldest = ranges.size >= keptRanges ? ranges.keys().next().value : undefined;
    if (oldest !== undefined) ranges.delete(oldest);
    const range = askFor(index * rangeBytes, Math.min(rangeBytes, sizeBytes - index * rangeBytes));
    ranges.set(index, range);
    return range;
  };
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const end = Math.min(offset + length, sizeBytes);
    const parts: Uint8Array[] = [];
    for (let index = Math.floor(offset / rangeBytes); index * rangeBytes < end; index += 1) {
      const range = await rangeAt(index);
      parts.push(range.subarray(Math.max(0, offset - index * rangeBytes), end - index * rangeBytes));
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  };
  return { sizeBytes, password, read };
}

function say(message: FromPainter): void {
  process.send?.(message);
}
