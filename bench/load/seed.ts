import { createHash, randomBytes } from 'node:crypto';
import { documentEvent, type DocumentEvent } from '../../src-shared/domain/document.ts';
import { documentId, organizationCode, personId, sha256 } from '../../src-shared/domain/ids.ts';
import { plainEntry, type Role } from '../../src-shared/domain/organization.ts';
import type { ContentStore, Storage } from '../../src-server/storage/port.ts';
import type { LoadClient } from './clients.ts';

const province = { code: organizationCode.parse('H48'), name: 'UBND tỉnh Hà Sơn' };

/**
 * Offices with a leader and a clerk each, both signed in, and one letter that stands assigned. Written through the storage port: 6,000 sign-ins with argon2id would be two minutes of this machine before anything is
 * measured. Answers the desks.
 */
export async function seedProvince(storage: Storage, content: ContentStore, desks: number, nowMs: number): Promise<readonly LoadClient[]> {
  const bytes = randomBytes(1000);
  const hash = sha256.parse(createHash('sha256').update(bytes).digest('hex'));
  await content.receive('seed', 0, bytes.length, one(bytes), () => undefined);
  if (!(await content.finish('seed', hash, null))) throw new Error('the content has another hash');
  const clients: LoadClient[] = [];
  const units = Array.from({ length: Math.ceil(desks / 2) }, (_, i) => ({ code: organizationCode.parse(`H48.${String(i + 1).padStart(4, '0')}`), name: `UBND xã số ${i + 1}` }));
  await storage.transaction(async (tx) => tx.directory.put([province, ...units].map(plainEntry)));
  for (let from = 0; from < units.length; from += 50) {
    await storage.transaction(async (tx) => {
      const touched: { unit: (typeof units)[number]['code']; id: ReturnType<typeof documentId.parse> }[] = [];
      for (const unit of units.slice(from, from + 50)) {
        const id = documentId.parse(crypto.randomUUID());
        const events = letter(unit, hash);
        await tx.documents.append(unit.code, id, events);
        touched.push({ unit: unit.code, id });
        for (const role of ['leader', 'clerk'] as const satisfies readonly Role[]) {
          const user = `${role}.${unit.code}`;
          const person = { id: personId.parse(user), fullName: `Người ${user}`, position: '', unit: unit.code, roles: [role] };
          await tx.accounts.putPerson(person);
          await tx.accounts.put({ user, person: user, unit: unit.code, role, password: null, mustChange: false, disabled: false });
          const token = randomBytes(32);
          await tx.sessions.put(createHash('sha256').update(token).digest(), user, nowMs + 30 * 86_400_000, nowMs);
          clients.push({ token: token.toString('base64url'), unit: unit.code, person: user, fullName: person.fullName, role, document: id, content: hash });
        }
      }
      await tx.documents.touch(touched);
    });
  }
  return clients.slice(0, desks);
}

function letter(unit: typeof province, hash: ReturnType<typeof sha256.parse>): readonly DocumentEvent[] {
  const meta = { at: '2026-11-20T08:00:00.000+07:00', by: null, command: null };
  return [
    { ...meta, type: 'arrived', unit, from: province, origin: crypto.randomUUID(), title: 'Về việc thử tải', kind: 'cong-van', number: 15, notation: 'UBND-VP', issuedDate: '2026-11-20', urgency: 'normal', content: { sha256: hash, sizeBytes: 1000, fileName: 'van-ban.pdf', parent: null }, signer: 'Nguyễn Văn An', inReplyTo: null },
    { ...meta, type: 'registered', entry: { book: `${unit.code}/2026/van-ban-den`, epoch: 1, number: 1 }, arrivalDate: '2026-11-20' },
    { ...meta, type: 'presented', note: '' },
    { ...meta, type: 'assigned', lead: `leader.${unit.code}`, support: [], inform: [], directive: '', deadline: null },
  ].map((event) => documentEvent.parse(event));
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
