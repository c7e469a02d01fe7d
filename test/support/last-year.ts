import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { uuidv7 } from '../../src-main/backend/uuid.ts';
import { cast, practiceUnits } from '../../src-main/practice/cast.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { documentEvent } from '../../src-shared/domain/document.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import { bookId, documentId, type BookId } from '../../src-shared/domain/ids.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';

export const lastYear = Number(vietnamDay(new Date().toISOString()).slice(0, 4)) - 1;
export const lastYearsBook: BookId = bookId.parse(`${practiceUnits.commune.code}/${lastYear}/van-ban-den`);

/**
 * The practice commune's register of arrivals of last year, put into the province's store: `given` numbers with their documents, `elsewhere` numbers whose documents come to no
 * desk, and what lies between and was never given, which became void when the book was given back (unless `lent`). `done` and `late` of them were given to the clerk to be handled in a week, and were, or are not to this day.
 */
export async function fillLastYear(serverDir: string, { given, elsewhere = [], done = [], late = [], lent = false }: { readonly given: readonly number[]; readonly elsewhere?: readonly number[]; readonly done?: readonly number[]; readonly late?: readonly number[]; readonly lent?: boolean }): Promise<void> {
  const { code: unit } = practiceUnits.commune;
  const clerk = cast.find(({ id }) => id === 'commune-clerk');
  if (clerk === undefined) throw new Error('the practice has no clerk');
  const by = { person: clerk.person.id, fullName: clerk.person.fullName, role: 'clerk' as const, unit };
  const server = openSqlite({ file: join(serverDir, 'server.db') });
  await server.transaction(async (tx) => {
    const lease = await tx.books.lease(lastYearsBook, unit, 'the-station-of-last-year', 50);
    if (lease === null) throw new Error('somebody holds last year’s book');
    for (const number of [...given, ...elsewhere].toSorted((a, b) => a - b)) {
      const id = documentId.parse(uuidv7());
      const entry = { book: lastYearsBook, epoch: lease.epoch, number };
      await tx.books.record(entry, id);
      if (elsewhere.includes(number)) continue;
      const arrivalDate = `${lastYear}-11-${String((number % 28) + 1).padStart(2, '0')}`;
      const at = `${arrivalDate}T02:00:00.000Z`;
      const content = { sha256: randomUUID().replaceAll('-', '').repeat(2), sizeBytes: 1000, fileName: 'cong-van.pdf', parent: null };
      const events = [
        { type: 'arrived', at, by: null, command: null, unit: practiceUnits.commune, from: practiceUnits.department, origin: uuidv7(), title: `Văn bản năm trước thứ ${number}`, kind: 'cong-van', number: 100 + number, notation: 'SKHCN', issuedDate: arrivalDate, urgency: 'normal', content, signer: 'Võ Văn Bình', inReplyTo: null },
        { type: 'registered', at, by, command: randomUUID(), entry, arrivalDate },
        ...(done.includes(number) || late.includes(number)
          ? [
              { type: 'presented', at, by, command: randomUUID(), note: '' },
              { type: 'assigned', at, by, command: randomUUID(), lead: by.person, support: [], inform: [], directive: '', deadline: addDays(arrivalDate, 7) },
            ]
          : []),
        ...(done.includes(number) ? [{ type: 'taskFinished', at, by, command: randomUUID(), result: 'Đã giải quyết', answer: null }] : []),
      ].map((event) => documentEvent.parse(event));
      await tx.documents.append(unit, id, events);
      await tx.documents.touch([{ unit, id }]);
    }
    if (!lent) await tx.books.giveBack(lastYearsBook, 'the-station-of-last-year', lease.epoch);
  });
  await server.close();
}

/** Another clerk of the commune gives the next number of this year’s arrivals, under the same leave: a copied profile, or a number taken on paper. */
export async function takeNextNumber(serverDir: string): Promise<{ readonly book: BookId; readonly number: number }> {
  const book = bookId.parse(`${practiceUnits.commune.code}/${lastYear + 1}/van-ban-den`);
  const server = openSqlite({ file: join(serverDir, 'server.db') });
  const number = await server.transaction(async (tx) => {
    const standing = await tx.books.holder(book);
    if (standing === null) throw new Error('nobody holds this year’s book');
    const next = standing.last + 1;
    await tx.books.record({ book, epoch: standing.epoch, number: next }, documentId.parse(uuidv7()));
    return next;
  });
  await server.close();
  return { book, number };
}
