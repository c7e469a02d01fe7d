import { writeSync } from 'node:fs';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { act, arrived, book, command, key, newId } from './helpers.ts';

// A desk that works without pause until it is killed. It says what it begins and what it was told is done.
const [dir = '', round = '0', dieAtPiece = '-1'] = process.argv.slice(2);
const opened = openProfileStore({ dir, key });
if (!opened.ok) throw new Error(opened.error.code);
const { desk, blobs } = opened.value;
if (desk.findBook(book) === null) desk.putBook({ book, epoch: 1, next: 1, reserveEnd: 1_000_000 });

let pieces = 0;
for (let i = 0; ; i++) {
  const id = newId<DocumentId>();
  say('feed', id);
  desk.applyChanges([{ document: id, from: 0, events: [arrived(`Văn bản ${round}-${i}`)] }], `c-${round}-${i}`);
  say('register', id);
  const number = desk.findBook(book)?.next ?? 0;
  act(desk, command(id, 'clerk', { type: 'register', args: { entry: { book, epoch: 1, number }, arrivalDate: '2026-03-02' } }), { id: book, used: number });
  say('registered', id, String(number));
  const base = await blobs.put(content(i));
  if (!base.ok) throw new Error(base.error.code);
  say('stored', base.value.sha256);
  const signed = await blobs.putWithBase(base.value.sha256, Buffer.from(`tail ${round}-${i}`.repeat(500)));
  if (!signed.ok) throw new Error(signed.error.code);
  say('stored', signed.value.sha256);
}

/** 5 MB: two transactions of staging and one that publishes. */
async function* content(i: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < 20; piece++) {
    if (pieces++ === Number(dieAtPiece)) process.kill(process.pid, 'SIGKILL');
    yield Buffer.alloc(256 * 1024, `${round}-${i}-${piece} `);
  }
}

function say(...words: readonly string[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}
