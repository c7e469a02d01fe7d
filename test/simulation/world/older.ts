import { copyFileSync, cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openProfileStore } from '../../../src-main/store/open.ts';
import type { Command } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { Ledger } from './ledger.ts';

type Older = readonly { readonly document: DocumentId; readonly commands: readonly Command[]; readonly files: readonly { readonly sha256: Sha256; readonly parent: Sha256 | null; readonly base64: string }[] }[];

const kept = join(import.meta.dirname, '..', 'older-profile');
const older = JSON.parse(readFileSync(join(kept, 'actions.json'), 'utf8')) as Older;

/** The profile of an older version, its outbox full: what the present version finds at its first start (I19). Made once beside the empty one. */
export async function makeOlderTemplate(template: string, dir: string, key: Uint8Array): Promise<void> {
  cpSync(template, dir, { recursive: true });
  const opened = openProfileStore({ dir, key });
  if (!opened.ok) throw new Error(opened.error.code);
  for (const { files } of older) for (const { base64 } of files) await opened.value.blobs.put(once(Buffer.from(base64, 'base64')));
  opened.value.close();
  for (const rest of ['-wal', '-shm']) rmSync(join(dir, `desk.db${rest}`), { force: true });
  copyFileSync(join(kept, 'desk.db'), join(dir, 'desk.db'));
}

/** What the older version's person had done counts like everything else. */
export function rememberOlder(ledger: Ledger, desk: string, documents: DocumentId[]): void {
  for (const { document, commands, files } of older) {
    documents.push(document);
    for (const { sha256, parent, base64 } of files) ledger.contents.set(sha256, { bytes: Buffer.from(base64, 'base64'), parent });
    const seen: string[] = [];
    for (const command of commands) {
      ledger.actions.set(command.id, { command, desk, seen: [...seen], state: 'sure' });
      ledger.older.add(command.id);
      seen.push(`${command.type === 'draft' ? 'drafted' : 'submitted'}:${command.id}`);
    }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
