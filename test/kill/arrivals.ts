import { randomBytes } from 'node:crypto';
import { commandOf, commune, draftBody, newDocument, outgoingBook, province, signIn } from '../server/office.ts';
import type { Command } from '../../src-shared/domain/document.ts';

/** As many numbers as one lease surely brings. */
const atOnce = 40;

/** The province sends `count` documents to the commune. */
export async function sendArrivals(url: string, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += atOnce) await send(url, Math.min(atOnce, count - sent));
}

async function send(url: string, count: number): Promise<void> {
  const clerk = await signIn(url, 'provinceClerk');
  const leader = await signIn(url, 'provinceLeader');
  const content = await clerk.upload(randomBytes(3000));
  const { epoch, next } = await (await clerk.post('/v1/books/lease', { book: outgoingBook(province), station: 'station-tinh' })).json() as { epoch: number; next: number };
  const all = async (client: typeof clerk, commands: readonly Command[]): Promise<void> => {
    for (let at = 0; at < commands.length; at += 20) {
      for (const answer of await client.push(...commands.slice(at, at + 20))) if (answer.status !== 'applied') throw new Error(JSON.stringify(answer));
    }
  };
  const documents = Array.from({ length: count }, newDocument);
  const made = (body: (i: number) => Parameters<typeof commandOf>[3], workflow: number, who: 'provinceClerk' | 'provinceLeader' = 'provinceClerk') => documents.map((id, i) => commandOf(who, id, { workflow, assignment: 0 }, body(i)));
  await all(clerk, made(() => draftBody(content, [commune]), 0));
  await all(clerk, made(() => ({ type: 'submit', args: { content } }), 1));
  await all(leader, made(() => ({ type: 'approve', args: { content, signer: 'Lãnh đạo' } }), 2, 'provinceLeader'));
  await all(clerk, made((i) => ({ type: 'issue', args: { content, entry: { book: outgoingBook(province), epoch, number: next + i }, notation: 'UBND', issuedDate: '2026-11-22', signer: 'UBND' } }), 3));
  await all(clerk, made(() => ({ type: 'send', args: { recipients: [commune] } }), 4));
}
