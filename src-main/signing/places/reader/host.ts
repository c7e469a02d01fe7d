import { parentPort } from 'node:worker_threads';
import type { Result } from '../../../../src-shared/result.ts';
import { findPlaces } from '../find-places.ts';
import { findRoom } from '../find-room.ts';
import { readFirstPage } from '../read-first-page.ts';
import { readText } from '../read-text.ts';
import { loadPdfJs, type PageSource } from '../open-document.ts';
import type { Bytes, FromReader, Op, Question } from './messages.ts';

/** The thread that reads pages: pdf.js meets files of strangers here, and is killed with it when it does not come back. */
const port = parentPort;
if (port === null) throw new Error('the page reader is a worker thread');

const waiting = new Map<number, (bytes: Uint8Array) => void>();
let lastId = 0;

const readers: { readonly [O in Op]: (source: PageSource) => Promise<Result<unknown>> } = { places: findPlaces, rooms: findRoom, text: readText, 'first-page': readFirstPage };

port.on('message', (message: Question | Bytes) => {
  if (message.kind === 'bytes') {
    waiting.get(message.id)?.(message.bytes);
    waiting.delete(message.id);
  } else void answer(message);
});

async function answer(question: Question): Promise<void> {
  waiting.clear();
  try {
    say({ kind: 'answer', result: await readers[question.op](sourceOf(question)) });
  } catch {
    // Whatever pdf.js throws over a broken page: what it says helps nobody at a desk
    say({ kind: 'failed' });
  }
}

function sourceOf({ sizeBytes, password, whole }: Question): PageSource {
  return {
    sizeBytes,
    ...(password === null ? {} : { password }),
    read: (offset, length) => (whole === null ? askFor(offset, length) : whole.subarray(offset, offset + length)),
  };
}

function askFor(offset: number, length: number): Promise<Uint8Array> {
  const id = ++lastId;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    say({ kind: 'read', id, offset, length });
  });
}

function say(message: FromReader): void {
  port?.postMessage(message);
}

await loadPdfJs();
say({ kind: 'ready' });
