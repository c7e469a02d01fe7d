import { readFileSync, writeFileSync } from 'node:fs';
import { begin, end, pageFile, renderTable } from './table.ts';

/** Writes the table of docs/reliability.md anew. */
const page = readFileSync(pageFile, 'utf8');
const [from, until] = [page.indexOf(begin), page.indexOf(end)];
if (from < 0 || until < 0) throw new Error('docs/reliability.md has lost its marks');
writeFileSync(pageFile, page.slice(0, from) + renderTable() + page.slice(until + end.length));
