import { createHash } from 'node:crypto';
import type { Storage } from '../../src-server/storage/port.ts';
import { documentEvent, type DocumentEvent } from '../../src-shared/domain/document.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import { documentId, organizationCode, type DocumentId } from '../../src-shared/domain/ids.ts';
import { plainEntry, type Organization } from '../../src-shared/domain/organization.ts';

export type MadeLog = { readonly unit: Organization; readonly id: DocumentId; readonly events: readonly DocumentEvent[] };
/** `from`, `to`: days `yyyy-mm-dd` in which letters come and go. The same seed makes the same province. */
export type MadeProvince = { readonly units: readonly Organization[]; readonly documents: number; readonly from: string; readonly to: string; readonly seed: number };

/** Communes from `H48.60.20` on. */
export function madeUnits(count: number): readonly Organization[] {
  return Array.from({ length: count }, (_, at) => ({ code: organizationCode.parse(`H48.60.${20 + at}`), name: `UBND xã ${names[at % names.length]}${at < names.length ? '' : ` ${Math.floor(at / names.length) + 1}`}` }));
}
const names = ['An Phú', 'Bình Hải', 'Đức Lân', 'Hành Dũng', 'Long Sơn', 'Mộ Đức', 'Nghĩa Kỳ', 'Phổ An', 'Sơn Kim', 'Tịnh Đông', 'Trà Giang', 'Vạn Tường'];

/** Half of the letters come and half go; each office has its own share of what is late, unsigned or left undone. */
export function* madeProvince({ units, documents, from, to, seed }: MadeProvince): Generator<MadeLog> {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  for (let at = 0; at < documents; at += 1) {
    const chance = (what: string): number => createHash('sha256').update(`${seed} ${at} ${what}`).digest().readUInt32BE(0) / 2 ** 32;
    const place = Math.floor(chance('unit') * units.length);
    const unit = units[place];
    if (unit === undefined) return;
    const day = addDays(from, Math.floor(chance('day') * days));
    const id = documentId.parse(uuidOf(`${seed} ${at}`));
    // from a tenth to half of an office's work goes wrong
    const wrong = (what: string): boolean => chance(what) < 0.1 + (0.4 * place) / units.length;
    const bare = chance('way') < 0.5 ? incoming(unit, day, wrong, at) : outgoing(unit, day, wrong, at);
    yield { unit, id, events: bare.map((event) => documentEvent.parse({ by: actor(unit), command: uuidOf(`${seed} ${at} ${String(event['type'])}`), ...event })) };
  }
}

/** Into the province's storage, as the desks would have sent it. */
export async function putProvince(storage: Storage, units: readonly Organization[], logs: Iterable<MadeLog>): Promise<void> {
  await storage.transaction((tx) => tx.directory.put(units.map(plainEntry)));
  let some: MadeLog[] = [];
  const put = (): Promise<void> => storage.transaction(async (tx) => {
    for (const { unit, id, events } of some) await tx.documents.append(unit.code, id, [...events]);
    await tx.documents.touch(some.map(({ unit, id }) => ({ unit: unit.code, id })));
    some = [];
  });
  for (const log of logs) {
    some.push(log);
    if (some.length === 200) await put();
  }
  if (some.length > 0) await put();
}

type Bare = Readonly<Record<string, unknown>>;

function incoming(unit: Organization, day: string, wrong: (what: string) => boolean, at: number): readonly Bare[] {
  const registered = wrong('register') ? addDays(day, 4) : day;
  const deadline = addDays(registered, 7);
  const events: Bare[] = [
    { type: 'arrived', at: time(day, 9), by: null, command: null, unit, from: elsewhere, origin: uuidOf(`origin ${at}`), title: `Văn bản đến ${at}`, kind: 'cong-van', number: at + 1, notation: 'SNV', issuedDate: day, urgency: 'normal', content, signer: 'Võ Văn Bình', inReplyTo: null },
    { type: 'registered', at: time(registered, 10), entry: { book: `${unit.code}/${registered.slice(0, 4)}/van-ban-den`, epoch: 1, number: at + 1 }, arrivalDate: registered },
    { type: 'presented', at: time(registered, 11), note: '' },
    { type: 'assigned', at: time(addDays(registered, 1), 8), lead: actor(unit).person, support: [], inform: [], directive: '', deadline },
  ];
  return wrong('undone') ? events : [...events, { type: 'taskFinished', at: time(addDays(deadline, wrong('late') ? 3 : -2), 15), result: 'Xong', answer: null }];
}

function outgoing(unit: Organization, day: string, wrong: (what: string) => boolean, at: number): readonly Bare[] {
  const issued = wrong('issue') ? addDays(day, 5) : day;
  return [
    { type: 'drafted', at: time(day, 8), unit, title: `Văn bản đi ${at}`, kind: 'cong-van', notation: 'UBND', urgency: 'normal', content, recipients: [elsewhere], inReplyTo: null },
    { type: 'submitted', at: time(day, 9), content },
    { type: 'approved', at: time(day, 10), content, signer: wrong('unsigned') ? '' : 'Nguyễn Văn An' },
    { type: 'issued', at: time(issued, 14), content, entry: { book: `${unit.code}/${issued.slice(0, 4)}/van-ban-di`, epoch: 1, number: at + 1 }, notation: 'UBND', issuedDate: issued, signer: wrong('unsealed') ? '' : unit.name },
    { type: 'sent', at: time(issued, 15), recipients: [elsewhere] },
  ];
}

const elsewhere: Organization = { code: organizationCode.parse('H48.05'), name: 'Sở Nội vụ' };
const content = { sha256: 'ab'.repeat(32), sizeBytes: 1000, fileName: 'van-ban.pdf', parent: null };

function actor(unit: Organization) {
  return { person: `vt-${unit.code.toLowerCase().replaceAll('.', '-')}`, fullName: 'Người văn thư', role: 'clerk', unit: unit.code };
}

/** An hour of the clock in Vietnam. */
function time(day: string, hour: number): string {
  return new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+07:00`).toISOString();
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
