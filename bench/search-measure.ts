import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openProfileStore } from '../src-main/store/open.ts';
import { connect } from '../src-main/store/driver.ts';
import { createDocumentWords } from '../src-main/store/tables/document-words.ts';
import type { DeskStore, ProfileStore } from '../src-main/ports/store.ts';
import type { Figure } from './figure.ts';
import { makeChanges, makeProfile } from './make-profile.ts';

/** Everything of `bench/search.ts` in one process. A store that is in FOLDER/many already is used again. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: search-measure.ts FOLDER');

type Spent = { readonly wallMs: number; readonly cpuMs: number };

const key = new Uint8Array(32).fill(7);
const until = new Date('2026-11-20T03:00:00Z');
const documents = 300_000;
/** A page of the feed as the first filling of a desk brings it. */
const perPage = 2000;
const filled = 40_000;
const commonPairs = ['ubnd sở', 'tỉnh quảng', 'ubnd xã', 'u t'];
const rareWords = ['3987', '2741', '1863'];

const many = join(folder, 'many');
if (!existsSync(join(many, 'desk.db'))) await makeProfile({ dir: many, key, documents, seed: 7, until });
const store = open(many);
const { desk } = store;
const { reader } = makeChanges({ documents: 1, seed: 7, until });
const list = (text: string, offset = 0): { readonly total: number } => desk.listDocuments({ folder: 'incoming', me: reader, text, offset, limit: 50 });

sayWorst('store.list-page', [0, 50, 5000, 19_000].map((offset) => afterChange(() => list('', offset))));
say('store.deep-page-ms', afterChange(() => list('', 150_000)).wallMs, 'ms');
sayWorst('search.common-words', commonPairs.map((pair) => afterChange(() => list(pair))));
say('search.common-words-found', Math.min(...commonPairs.map((pair) => list(pair).total)), 'n');
sayWorst('search.rare-word', rareWords.map((word) => afterChange(() => list(word))));
say('search.rare-word-found', Math.max(...rareWords.map((word) => list(word).total)), 'n');
store.close();

const { changes } = makeChanges({ documents: filled, seed: 7, until });
const fills: number[] = [];
const indexes: Spent[] = [];
for (let round = 0; round < 3; round++) {
  const dir = join(folder, `fill-${process.pid}-${round}`);
  const empty = open(dir);
  empty.desk.setReader(reader);
  fills.push(filled / (fill(empty.desk) / 1000));
  empty.close();
  indexes.push(index(dir));
}
say('store.fill-docs-per-s', middle(fills), '/s');
say('search.index-docs-per-s', filled / (middle(indexes.map(({ wallMs }) => wallMs)) / 1000), '/s');
say('search.index-docs-per-cpu-s', filled / (middle(indexes.map(({ cpuMs }) => cpuMs)) / 1000), '/s');

/** Every page its own transaction, synced, as sync applies it; the pages come as the line brings them, parsed beforehand. */
function fill(to: DeskStore): number {
  let ms = 0;
  for (let from = 0; from < filled; from += perPage) {
    const page = JSON.parse(JSON.stringify(changes.slice(from, from + perPage))) as typeof changes;
    const start = performance.now();
    to.applyChanges(page, `page-${from}`);
    ms += performance.now() - start;
  }
  return ms;
}

/** The whole index anew out of the kept documents, in one transaction: reading, folding, writing. */
function index(dir: string): Spent {
  const db = connect(join(dir, 'desk.db'), { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 65_536 });
  const words = createDocumentWords(db);
  db.script("INSERT INTO document_search (document_search) VALUES ('delete-all')");
  const spent = spend(() => db.transaction(words.rebuild));
  db.close();
  return spent;
}

/** The middle of 15, each after a change, when nothing that was found before is remembered. */
function afterChange(run: () => unknown): Spent {
  const spent = Array.from({ length: 15 }, () => {
    desk.markRead(reader, [], true);
    return spend(run);
  });
  return { wallMs: middle(spent.map(({ wallMs }) => wallMs)), cpuMs: middle(spent.map(({ cpuMs }) => cpuMs)) };
}

/** Processor time of all of this process's threads besides the time that passed: what others do on the machine is not in it. */
function spend(run: () => unknown): Spent {
  const start = performance.now();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
}

function sayWorst(name: string, spent: readonly Spent[]): void {
  say(`${name}-ms`, worst(spent.map(({ wallMs }) => wallMs)), 'ms');
  say(`${name}-cpu-ms`, worst(spent.map(({ cpuMs }) => cpuMs)), 'ms');
}

function open(dir: string): ProfileStore {
  const opened = openProfileStore({ dir, key });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function worst(values: readonly number[]): number {
  return Math.max(...values);
}

function say(name: string, value: number, unit: Figure['unit']): void {
  process.stdout.write(`${JSON.stringify({ name, value, unit } satisfies Figure)}\n`);
}
