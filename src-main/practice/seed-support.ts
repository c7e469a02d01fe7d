import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentDetail } from '../../src-shared/contract/documents.ts';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { describeError } from '../../src-shared/errors.ts';
import type { Result } from '../../src-shared/result.ts';
import type { Desk } from '../backend/desk.ts';
import type { SeatedDesk } from './connection.ts';

export function importFile(desk: Desk, path: string, fileName: string): Promise<ContentRef> {
  return importBytes(desk, readFileSync(path), fileName);
}

export async function importBytes(desk: Desk, bytes: Uint8Array, fileName: string): Promise<ContentRef> {
  const { importId } = must(await desk.handlers['content.beginImport']({ fileName, as: 'document' }));
  must(await desk.handlers['content.appendImport']({ importId, bytes }));
  return must(await desk.handlers['content.finishImport']({ importId })).content;
}

export async function awaitHere(desk: Desk, id: DocumentId, stage: string): Promise<DocumentDetail> {
  const found = await pollUntil(async () => {
    await desk.handlers['sync.now']({});
    const read = await desk.handlers['documents.read']({ id });
    return read.ok && read.value.document.stage === stage && read.value.contentHere ? read.value : null;
  });
  if (found === null) throw new Error(`the practice document did not reach stage ${stage}`);
  return found;
}

export function deskOf(desks: ReadonlyMap<string, SeatedDesk>, id: string): SeatedDesk {
  const seated = desks.get(id);
  if (seated === undefined) throw new Error(`no practice desk ${id}`);
  return seated;
}

/** Asks again, a little later each time, for at most about 30 s. */
export async function pollUntil<T>(ask: () => Promise<T | null>): Promise<T | null> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(Math.min(20 + attempt * 10, 400));
  }
  return null;
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(describeError(result.error, 'en'));
  return result.value;
}
