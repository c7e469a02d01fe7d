import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { command, type Command } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode, Sha256 } from '../../src-shared/domain/ids.ts';
import { contentRecord, endRecord, maxPackageCommandBytes, maxPackageCommands, records, type ContentRecord } from '../../src-shared/protocol/package.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { AppFailure, ok, type Result } from '../../src-shared/result.ts';
import type { ServerLimits } from '../limits.ts';
import type { Session, Upload } from '../storage/port.ts';
import { auditEntry } from './audit.ts';
import type { Deps } from './deps.ts';
import { openPackage, type OpenedPackage, type PackageFile } from './packages-open.ts';
import { readQuota } from './quota.ts';
import { retryMs, type Settle } from './settle.ts';

export type PackageParts = Pick<Deps, 'storage' | 'content' | 'now' | 'randomBytes'> & { readonly limits: Pick<ServerLimits, 'contentBytes'>; readonly settle: Settle };
/** Null: the province's own hand, at the server. */
export type Carrier = { readonly user: string; readonly unit: OrganizationCode } | null;
export type TakenPackage = { readonly id: string; readonly unit: OrganizationCode; readonly answers: readonly CommandAnswer[] };

/**
 * Takes in a package as if its author had a line. First every byte is checked, then contents are kept, and only when the last block has been read are the commands
 * settled, one after the other, each with its own answer: the first one, where it has been here before. Written to the audit either way.
 * Errors: those of `openPackage`, `package.base-missing`, `upload.too-large`.
 */
export async function takePackage(parts: PackageParts, file: PackageFile, carrier: Carrier): Promise<Result<TakenPackage>> {
  let opened: OpenedPackage | null = null;
  try {
    opened = await openPackage(parts.storage, file);
    const commands = await takeContents(parts, opened);
    const answers = await settleAll(parts, opened.author, commands);
    const counted = (status: CommandAnswer['status']) => answers.filter((answer) => answer.status === status).length;
    await note(parts, carrier, opened, { commands: commands.length, applied: counted('applied'), conflict: counted('conflict'), rejected: counted('rejected'), retry: counted('retry') });
    return ok({ id: opened.header.id, unit: opened.author.unit.code, answers });
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    await note(parts, carrier, opened, { code: error.error.code, reason: String(error.error.params?.['reason'] ?? '') });
    return { ok: false, error: error.error };
  }
}

/** One after the other, as a push does it: a document whose command has to wait holds back its own later commands. */
async function settleAll({ storage, settle }: PackageParts, author: Session, commands: readonly Command[]): Promise<readonly CommandAnswer[]> {
  const held = new Set<DocumentId>();
  const changed = new Set<OrganizationCode>();
  const answers: CommandAnswer[] = [];
  for (const one of commands) {
    if (held.has(one.document)) {
      answers.push({ id: one.id, status: 'retry', afterMs: retryMs });
      continue;
    }
    const settled = await settle(one, author);
    answers.push(settled.answer);
    if (settled.answer.status === 'retry') held.add(one.document);
    for (const unit of settled.changed) changed.add(unit);
  }
  if (changed.size > 0) await storage.announce([...changed]);
  return answers;
}

/** Puts away every content and hands back the commands. */
async function takeContents(parts: PackageParts, { header, author, records: read }: OpenedPackage): Promise<readonly Command[]> {
  const commands: Command[] = [];
  let contents = 0;
  let commandBytes = 0;
  const blocks = read();
  try {
    for (let block = await blocks.next(); block.done !== true; block = await blocks.next()) {
      const { kind, body, number } = block.value;
      switch (kind) {
        case records.content:
          if (commands.length > 0) throw inside();
          await takeContent(parts, author.unit.code, parse(contentRecord, body), blocks);
          contents += 1;
          break;
        case records.command: {
          const one = parse(command, body);
          commandBytes += body.length;
          if (commands.length === maxPackageCommands || commandBytes > maxPackageCommandBytes) throw inside();
          commands.push(one);
          break;
        }
        case records.end: {
          const end = parse(endRecord, body);
          const right = end.commands === commands.length && end.contents === contents && end.blocks === number + 1 && header.commands === commands.length && header.contents === contents;
          if (!right) throw inside();
          break;
        }
        default:
          throw inside();
      }
    }
  } finally {
    await blocks.return();
  }
  return commands;
}

async function takeContent({ storage, content, limits, now, randomBytes }: PackageParts, unit: OrganizationCode, { sha256, sizeBytes, base, lengthBytes }: ContentRecord, blocks: ReturnType<OpenedPackage['records']>): Promise<void> {
  const { known, baseKnown, quota } = await storage.read(async (tx) => ({
    known: await tx.uploads.mayName(unit, sha256), baseKnown: base === null || (await tx.uploads.mayName(unit, base)), quota: await readQuota(tx, unit, limits),
  }));
  if (sizeBytes > quota) throw new AppFailure('upload.too-large', { limit: quota / (1 << 20) });
  const pieces = piecesOf(blocks, lengthBytes);
  if (known) {
    for await (const piece of pieces) void piece;
    return;
  }
  const baseBytes = base === null ? 0 : baseKnown ? await content.findSize(base) : null;
  if (baseBytes === null) throw new AppFailure('package.base-missing');
  if (baseBytes + lengthBytes !== sizeBytes) throw inside();
  const id = stageName(randomBytes(24));
  const upload: Upload = { id, unit, sha256: nameOf(id), sizeBytes, base, lengthBytes };
  // known to the sweeper, apart from what a line may be sending of the same content at this moment
  await storage.transaction((tx) => tx.uploads.create(upload, now()));
  try {
    await content.receive(id, 0, lengthBytes, pieces, () => undefined);
    if (!(await content.finish(id, sha256, base))) throw inside();
    await storage.transaction((tx) => tx.uploads.complete({ ...upload, sha256 }));
  } catch (error) {
    await content.drop(id);
    await storage.transaction((tx) => tx.uploads.drop(id));
    throw error;
  }
  await content.drop(id);
}

async function* piecesOf(blocks: ReturnType<OpenedPackage['records']>, lengthBytes: number): AsyncGenerator<Uint8Array, void, void> {
  for (let left = lengthBytes; left > 0; ) {
    const block = await blocks.next();
    if (block.done === true || block.value.kind !== records.bytes || block.value.body.length === 0 || block.value.body.length > left) throw inside();
    left -= block.value.body.length;
    yield block.value.body;
  }
}

/** Of what is under way in packages: a name that no route of uploads reaches. */
export function stageName(unique: Uint8Array): string {
  return `package-${Buffer.from(unique).toString('hex').slice(0, 48)}`;
}

/** What stands in the place of a content's name while an upload is not one of a line. */
export function nameOf(id: string): Sha256 {
  return createHash('sha256').update(id).digest('hex') as Sha256;
}

async function note({ storage, now }: PackageParts, carrier: Carrier, opened: OpenedPackage | null, detail: Readonly<Record<string, string | number>>): Promise<void> {
  await storage.transaction((tx) => tx.audit.append(auditEntry({
    atMs: now(), unit: opened?.author.unit.code ?? carrier?.unit ?? null, user: carrier?.user ?? null, action: 'code' in detail ? 'package.refused' : 'package.brought-in', subject: opened?.header.id ?? '',
    detail: { ...detail, ...(opened === null ? {} : { author: opened.author.user, station: opened.header.station, signer: opened.header.signer }) },
  })));
}

function parse<T>(schema: z.ZodType<T>, body: Uint8Array): T {
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
    if (parsed.success) return parsed.data;
  } catch {
    // not UTF-8, or not JSON: the same as JSON of another form
  }
  throw inside();
}

function inside(): AppFailure {
  return new AppFailure('package.damaged', { reason: 'inside' });
}
