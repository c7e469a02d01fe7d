import { createHash } from 'node:crypto';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import { bookLease } from '../../src-shared/protocol/wire.ts';
import { commandOf, commune, draftBody, newDocument, outgoingBook, province, signIn } from '../server/office.ts';

const titles = ['Về việc tăng cường phòng cháy, chữa cháy rừng mùa khô', 'Kế hoạch tuyển quân năm 2027', 'Báo cáo thu ngân sách quý', 'Triển khai dịch vụ công trực tuyến toàn trình', 'Hướng dẫn lập dự toán chi thường xuyên', 'Mời họp giao ban tháng', 'Về việc rà soát hộ nghèo, hộ cận nghèo', 'Thông báo lịch tiếp công dân'];

/** `count` letters of the province, drafted, signed, numbered and sent to the commune over the wire, each with a content of `contentBytes`. Answers the contents. */
export async function seedArrivals(url: string, count: number, contentBytes: number): Promise<readonly ContentRef[]> {
  const [clerk, leader] = [await signIn(url, 'provinceClerk'), await signIn(url, 'provinceLeader')];
  const contents: ContentRef[] = [];
  const perRound = 10;
  for (let from = 0; from < count; from += perRound) {
    const lease = bookLease.parse(await (await clerk.post('/v1/books/lease', { book: outgoingBook(province), station: 'station-seed' })).json());
    const round = await Promise.all(Array.from({ length: Math.min(perRound, count - from) }, async (_, i) => ({ document: newDocument(), number: lease.next + i, content: await clerk.upload(noise(from + i, contentBytes)) })));
    const by = async (who: typeof clerk, commands: Parameters<typeof clerk.push>): Promise<void> => {
      for (const answer of await who.push(...commands)) if (answer.status !== 'applied') throw new Error(JSON.stringify(answer));
    };
    const at = (i: number): string => new Date(Date.UTC(2026, 10, 1) + (from + i) * 60_000).toISOString();
    await by(clerk, round.flatMap(({ document, content }, i) => [
      commandOf('provinceClerk', document, { workflow: 0, assignment: 0 }, { ...draftBody(content), args: { ...draftBody(content).args, title: `${titles[(from + i) % titles.length]} (${from + i})` } }, { at: at(i) }),
      commandOf('provinceClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }, { at: at(i) }),
    ]));
    await by(leader, round.map(({ document, content }, i) => commandOf('provinceLeader', document, { workflow: 2, assignment: 0 }, { type: 'approve', args: { content, signer: 'Nguyễn Văn An' } }, { at: at(i) })));
    await by(clerk, round.flatMap(({ document, number, content }, i) => [
      commandOf('provinceClerk', document, { workflow: 3, assignment: 0 }, { type: 'issue', args: { content, entry: { book: outgoingBook(province), epoch: lease.epoch, number }, notation: 'UBND-VP', issuedDate: '2026-11-20', signer: 'Nguyễn Văn An' } }, { at: at(i) }),
      commandOf('provinceClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [commune] } }, { at: at(i) }),
    ]));
    contents.push(...round.map(({ content }) => content));
  }
  return contents;
}

/** Bytes that no compression makes smaller, the same for the same number. */
function noise(seed: number, length: number): Buffer {
  const out = Buffer.alloc(length);
  for (let at = 0, link = createHash('sha256').update(`noise ${seed}`).digest(); at < length; link = createHash('sha256').update(link).digest()) at += link.copy(out, at);
  return out;
}
