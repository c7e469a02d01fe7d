import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Actor, Command, CommandBody, ContentRef, DocumentEvent } from '../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, OrganizationCode, PersonId, Sha256 } from '../../src-shared/domain/ids.ts';
import type { Organization, Role } from '../../src-shared/domain/organization.ts';
import { decide } from '../support/rules.ts';
import type { DeskStore, ProfileStore } from '../../src-main/ports/store.ts';
import { openProfileStore } from '../../src-main/store/open.ts';

export const unit: Organization = { code: 'H48.60.12' as OrganizationCode, name: 'Ủy ban nhân dân xã Hòa Bình' };
export const province: Organization = { code: 'H48' as OrganizationCode, name: 'Ủy ban nhân dân tỉnh' };
export const book = 'H48.60.12/2026/cong-van-di' as BookId;
export const key = new Uint8Array(32).fill(7);

/** A directory of the test's own; what `open` opened and `hold` was given is closed before it goes, as Windows wants it. */
export function scene(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-store-'));
  const stores: { readonly close: () => void }[] = [];
  t.after(() => {
    for (const store of stores) store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const open = (withKey: Uint8Array = key): ProfileStore => {
    const opened = openProfileStore({ dir, key: withKey });
    assert.ok(opened.ok, 'the store opens');
    stores.push(opened.value);
    return opened.value;
  };
  const hold = <S extends { readonly close: () => void }>(store: S): S => {
    stores.push(store);
    return store;
  };
  return { dir, open, hold };
}

let counter = 0;
/** Ids in the order they were made, as UUIDv7 are. */
export function newId<T extends string>(): T {
  counter += 1;
  return `0195f000-${(counter >> 16).toString(16).padStart(4, '0')}-7000-8000-${(counter & 0xffff).toString(16).padStart(4, '0')}${randomBytes(4).toString('hex')}` as T;
}

export function actor(role: Role, person = `${role}-1`): Actor {
  return { person: person as PersonId, fullName: 'Nguyễn Văn An', role, unit: unit.code };
}

export function content(seed: string): ContentRef {
  return { sha256: createHash('sha256').update(seed).digest('hex') as Sha256, sizeBytes: seed.length, fileName: `${seed}.pdf`, parent: null };
}

export function command(document: DocumentId, role: Role, body: CommandBody, more: { at?: string; dependsOn?: CommandId } = {}): Command {
  return {
    id: newId<CommandId>(), document, unit: unit.code, actor: actor(role), at: more.at ?? '2026-03-02T08:00:00+07:00',
    base: { workflow: 0, assignment: 0 }, dependsOn: more.dependsOn ?? null, ...body,
  };
}

export function draftBody(title: string, seed = title): CommandBody {
  return {
    type: 'draft',
    args: { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: content(seed), recipients: [province], inReplyTo: null },
  };
}

/** Decides as a use-case does, records, and returns the command with its events. */
export function act(desk: DeskStore, made: Command, used?: { id: BookId; used: number }): { command: Command; events: readonly DocumentEvent[] } {
  const decided = decide(desk.findDocument(made.document)?.state ?? null, made, { unit });
  assert.ok(decided.ok, `${made.type} is lawful`);
  desk.recordAction(made, decided.value, used);
  return { command: made, events: decided.value };
}

export function draft(desk: DeskStore, title: string): { id: DocumentId; command: Command; events: readonly DocumentEvent[] } {
  const id = newId<DocumentId>();
  return { id, ...act(desk, command(id, 'officer', draftBody(title))) };
}

export function arrived(title: string, more: { at?: string; number?: number; from?: Organization; content?: ContentRef } = {}): DocumentEvent {
  return {
    type: 'arrived', at: more.at ?? '2026-03-01T08:00:00+07:00', by: null, command: null, unit, from: more.from ?? province, origin: newId<DocumentId>(), title,
    kind: 'quyet-dinh', number: more.number ?? 15, notation: 'QĐ-UBND', issuedDate: '2026-02-28', urgency: 'normal', content: more.content ?? content(title),
    signer: 'Trần Thị Bình', inReplyTo: null,
  };
}

export async function* pieces(bytes: Uint8Array, sizeBytes = 100_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes);
}

export function sha256Of(...parts: readonly Uint8Array[]): Sha256 {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex') as Sha256;
}
