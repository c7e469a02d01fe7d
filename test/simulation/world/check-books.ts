import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { CheckOptions } from './checks.ts';
import { short } from './ledger.ts';

/** I3: one number one document, one document one number, and no gap but the voids that are written down when a book changes hands. */
export async function checkBooks({ ledger, province }: CheckOptions): Promise<void> {
  for (const book of ledger.books) {
    const given = new Map<number, DocumentId>();
    const numbered = new Map<DocumentId, number>();
    for (const { event, document } of ledger.effects) {
      if ((event.type !== 'issued' && event.type !== 'registered') || event.entry.book !== book) continue;
      const { number } = event.entry;
      const other = given.get(number);
      if (other !== undefined) ledger.violate('I3', `number ${number} of ${book} was given to ${short(other)} and to ${short(document)}`);
      given.set(number, document);
      // returned after its number and issued anew: two numbers are a fault of the rules, not of the line; the rules have no such way
      const before = numbered.get(document);
      if (before !== undefined) ledger.violate('I3', `${short(document)} has the numbers ${before} and ${number} of ${book}`);
      numbered.set(document, number);
    }
    // the book changes hands once more, so that what was left out has been written down
    await province.storage.transaction((tx) => tx.books.release(book));
    const written = await province.storage.read((tx) => tx.books.numbers(book));
    const rows = new Map(written.map((row) => [row.number, row]));
    for (const [number, document] of given) {
      if (rows.get(number)?.document !== document) ledger.violate('I3', `number ${number} of ${book} is on ${short(document)} and the book says ${rows.get(number)?.document ?? 'nothing'}`);
    }
    const first = written[0]?.number ?? 1;
    written.forEach(({ number }, at) => {
      if (number !== first + at) ledger.violate('I3', `${book} has a gap before ${number} that is written down nowhere`);
    });
    if (first !== 1 && written.length > 0) ledger.violate('I3', `${book} begins with ${first}`);
  }
}
