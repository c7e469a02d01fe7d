import { deflateRawSync } from 'node:zlib';
import type { Command, CommandBody, ContentRef, DocumentEvent } from '../../../src-shared/domain/document.ts';
import { bookId, commandId, documentId, organizationCode, personId, sha256 } from '../../../src-shared/domain/ids.ts';
import { dictionary, packJson } from '../../../src-shared/protocol/packing.ts';
import { toPushed } from '../../../src-shared/protocol/wire.ts';

/** Bytes of a body as it travels. */
export function packedSize(value: unknown): number {
  return deflateRawSync(packJson(value), { level: 9, memLevel: 9, dictionary }).length;
}

const unit = organizationCode.parse('H48.60.12');
const clerk = { person: personId.parse('xa.vanthu'), fullName: 'Trần Thị Mai', role: 'clerk', unit } as const;
const clicked = Date.parse('2026-11-22T07:12:33.123Z');
const document = documentId.parse(uuid7(clicked - 86_400_000 * 3, 1));
const command = commandId.parse(uuid7(clicked, 2));
const at = new Date(clicked).toISOString();
const serverTime = new Date(clicked + 412).toISOString();
const file: ContentRef = { sha256: sha256.parse(hex(9, 64)), sizeBytes: 184_213, fileName: 'cong-van-ve-viec-kiem-tra.pdf', parent: null };

const draft: CommandBody & { type: 'draft' } = {
  type: 'draft',
  args: { title: 'Về việc kiểm tra công tác phòng cháy, chữa cháy trên địa bàn xã năm 2026', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: file, recipients: [{ code: organizationCode.parse('H48.14'), name: 'Sở Khoa học và Công nghệ' }], inReplyTo: null },
};
const said = { unit, actor: clerk };
const pushOf = (body: CommandBody, workflow: number, assignment: number, document_ = document) => ({
  commands: [toPushed({ id: command, document: document_, unit, actor: clerk, at, base: { workflow, assignment }, dependsOn: null, ...body } as Command, said)],
});
const page = (from: number, event: DocumentEvent) => ({ changes: [{ document, from, events: [event] }], next: `${hex(7, 8)}.1234`, hasMore: false, serverTime, scope: unit, digest: hex(5, 32) });
const presented: DocumentEvent = { at, by: clerk, command, type: 'presented', note: '' };

/** Every figure of the wire that is quoted, in bytes of body; made up of what desks truly send. */
export function sizes() {
  const present = pushOf({ type: 'present', args: { note: '' } }, 2, 0);
  return {
    presentUp: packedSize(present),
    assignUp: packedSize(pushOf({ type: 'assign', args: { lead: personId.parse('xa.lanhdao'), support: [], inform: [], directive: '', deadline: null } }, 3, 0)),
    registerUp: packedSize(pushOf({ type: 'register', args: { entry: { book: bookId.parse('H48.60.12/2026/van-ban-den'), epoch: 1, number: 419 }, arrivalDate: '2026-11-22', check: { verdict: 'valid', reason: null } } }, 1, 0)),
    answered: packedSize({ answers: [{ id: command, status: 'applied' }] }),
    presentedDown: packedSize(page(2, presented)),
    reportedDown: packedSize(page(6, { at, by: null, command: null, type: 'deliveryReported', recipient: organizationCode.parse('H48.14'), status: '03', description: '' })),
    draftUp: packedSize(pushOf(draft, 0, 0)),
    draftedDown: packedSize(page(0, { at, by: clerk, command, type: 'drafted', ...draft.args, unit: { code: unit, name: 'UBND xã Sơn Tịnh' } })),
    presentUpPlain: JSON.stringify(present).length,
    draftUpPlain: Buffer.byteLength(JSON.stringify(pushOf(draft, 0, 0))),
  };
}

/** Digits as random ones are, the same every time. */
function hex(seed: number, length: number): string {
  let state = seed * 2_654_435_761 >>> 0;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += (state >>> 24).toString(16).padStart(2, '0');
  }
  return text.slice(0, length);
}

function uuid7(ms: number, seed: number): string {
  const random = hex(seed, 20);
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}
