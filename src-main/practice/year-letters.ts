import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PracticeHappening } from '../../src-shared/contract/practice.ts';
import { documentKinds } from '../../src-shared/domain/document.ts';
import { documentId, type DocumentId } from '../../src-shared/domain/ids.ts';
import { writeWhole } from '../features/settings/write-whole.ts';
import { vietnamDate } from '../features/vietnam-time.ts';
import { printPracticeLetter } from '../print/practice-letter.ts';
import { practiceUnits } from './cast.ts';
import type { SeatedDesk } from './connection.ts';
import { signAndSend } from './seed.ts';
import { deskOf, importBytes, must } from './seed-support.ts';
import { isRecall, type YearEvent, type YearLetter } from './year.ts';

const sentFile = z.record(z.string(), documentId);

/**
 * The year's letters, written, signed, sealed and sent by the offices that they come from. `path`: where it is kept which document each became, so that one of April may be asked back in April
 * though the program was closed between.
 */
export function createYearLetters(path: string, desks: ReadonlyMap<string, SeatedDesk>, now: () => Date): (event: YearEvent) => Promise<PracticeHappening | null> {
  const sent = new Map(Object.entries(readSent(path)));

  function requireLine(from: YearEvent['from']): void {
    for (const role of ['clerk', 'leader'] as const) if (!deskOf(desks, `${from}-${role}`).line.isUp()) throw new Error(`the line of the ${from} is cut`);
  }

  async function send(letter: YearLetter): Promise<PracticeHappening | null> {
    const replaced = letter.replaces === undefined ? undefined : sent.get(letter.replaces);
    // what it would replace was never sent
    if (letter.replaces !== undefined && replaced === undefined) return null;
    const office = deskOf(desks, `${letter.from}-clerk`);
    const { person } = deskOf(desks, `${letter.from}-leader`).cast;
    const kind = documentKinds[letter.kind];
    const pdf = await printPracticeLetter({
      office: office.cast.unit.name, place: 'Quảng Ngãi', notation: letter.notation, type: kind.abbreviation === '' ? null : kind.name, title: letter.title, year: vietnamDate(now()).slice(0, 4), body: letter.body,
      receivers: [practiceUnits.commune.name], signer: { position: person.position, name: person.fullName },
    });
    const content = await importBytes(office.desk, pdf, `${letter.key.replace('/', '-')}.pdf`);
    const id = await signAndSend(desks, { ...letter, content, ...(replaced === undefined ? {} : { relation: { type: 'replaces', document: replaced } }) }, [practiceUnits.commune]);
    sent.set(letter.key, id);
    writeWhole(path, JSON.stringify(Object.fromEntries(sent)));
    return { at: letter.at, what: replaced === undefined ? 'letter' : 'replacement', title: letter.title, from: office.cast.unit.name };
  }

  return async (event) => {
    requireLine(event.from);
    if (!isRecall(event)) return send(event);
    const id = sent.get(event.recalls);
    if (id === undefined) return null;
    const { desk, cast } = deskOf(desks, `${event.from}-clerk`);
    const { document } = must(await desk.handlers['documents.askChange']({ id, change: 'recall', reason: event.reason, recipients: [practiceUnits.commune.code] }));
    await desk.handlers['sync.now']({});
    return { at: event.at, what: 'recall', title: document.title, from: cast.unit.name };
  };
}

function readSent(path: string): Readonly<Record<string, DocumentId>> {
  if (!existsSync(path)) return {};
  try {
    return sentFile.catch({}).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    // cut off while it was written: nothing more is asked back or replaced
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
