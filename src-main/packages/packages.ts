import { z } from 'zod';
import { commandId } from '../../src-shared/domain/ids.ts';
import type { Organization, Person, Role } from '../../src-shared/domain/organization.ts';
import { headPrefixBytes, maxHeaderBytes, packageSuffix, parseHeader, readHeadPrefix, type PackageHeader } from '../../src-shared/protocol/package.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { Carriage, PackageNote, PackagesPort } from '../ports/packages.ts';
import type { BlobStore, DeskStore } from '../ports/store.ts';
import { findServerKey, keepServerKey, keepStationKey, readStationKey, signAsStation } from './keys.ts';
import type { PackageLine } from './line.ts';
import { planPackage } from './plan.ts';
import { sealPackage } from './seal.ts';

export type PackagesOptions = {
  readonly desk: DeskStore;
  readonly blobs: BlobStore;
  readonly me: Person;
  readonly role: Role;
  readonly unit: Organization;
  readonly station: string;
  readonly line: PackageLine;
  readonly now: () => Date;
  readonly newId: () => string;
};

const lastSetting = 'packages.last';
const lastPackage = z.object({ id: z.string(), fileName: z.string(), madeAt: z.string(), commands: z.array(commandId) });

/** What waits, in a file for the server; and other desks' files, carried in. */
export function createPackages({ desk, blobs, me, role, unit, station, line, now, newId }: PackagesOptions): PackagesPort {
  return {
    waiting: () => {
      const { commands, contents, contentBytes } = planPackage(desk, blobs, false);
      return { commands: commands.length, documents: new Set(commands.map(({ document }) => document)).size, contents: contents.length, contentBytes };
    },
    isReady: () => findServerKey(desk) !== null && readStationKey(desk).registered,
    make: ({ whole }) => {
      const server = findServerKey(desk);
      const own = readStationKey(desk);
      if (server === null || !own.registered) return fail('package.no-key');
      const { commands, contents, contentBytes } = planPackage(desk, blobs, whole);
      if (commands.length === 0) return fail('package.nothing');
      // from here on it may reach the server: nothing of it can be taken back any more, and only the server's answer settles it (sync.md rule 6)
      desk.releaseHolds(now().getTime());
      desk.markSending(commands.map(({ id }) => id));
      const madeAt = now().toISOString();
      const sealed = sealPackage({
        header: {
          id: newId(), unit: { code: unit.code, name: unit.name }, person: me.id, fullName: me.fullName, role, station, signer: own.signer, madeAt,
          key: server.id, commands: commands.length, contents: contents.length, contentBytes,
        },
        serverKey: Buffer.from(server.publicKey, 'base64url'),
        commands, contents,
        readContent: blobs.read,
        sign: (text) => signAsStation(own, text),
      });
      const { header, sizeBytes, parts } = sealed;
      const fileName = fileNameOf(header);
      desk.setSetting(lastSetting, JSON.stringify({ id: header.id, fileName, madeAt, commands: commands.map(({ id }) => id) } satisfies PackageNote));
      return ok({ header, fileName, sizeBytes, next: () => parts.next().value ?? null });
    },
    last: () => {
      const text = desk.getSetting(lastSetting);
      if (text === null) return null;
      const { commands, ...note } = lastPackage.parse(JSON.parse(text));
      const waiting = new Set(desk.outbox().filter(({ sync }) => sync !== 'problem').map(({ command }) => command.id));
      return { ...note, commands: commands.length, open: commands.filter((id) => waiting.has(id)).length };
    },
    carry: (head) => carryPackage(line, head),
    prepare: async () => {
      const key = await line.readKey();
      if (!key.ok) return key;
      if (!keepServerKey(desk, key.value)) return fail('sync.offline');
      const own = readStationKey(desk);
      if (own.registered) return ok(null);
      const told = await line.register(station, own.publicKey);
      if (!told.ok) return told;
      keepStationKey(desk, { ...own, registered: true });
      return ok(null);
    },
  };
}

/** Somebody's package, carried in over this line. Errors: those of `PackagesPort.carry`. */
export async function carryPackage(line: PackageLine, head: Uint8Array): Promise<Result<Carriage>> {
  const read = readPackageHeader(head);
  if (!read.ok) return read;
  const header = read.value;
  const begun = await line.offset(header.id);
  if (!begun.ok) return begun;
  let offset = begun.value;
  return ok({
    header,
    offset: () => offset,
    send: async (bytes) => {
      const sent = await line.send(header.id, offset, bytes);
      if (sent.ok) {
        offset = sent.value;
        return ok({ offset });
      }
      // where it went on without us: an answer that was lost on the way
      const stands = sent.error.code === 'upload.offset' ? await line.offset(header.id) : sent;
      if (!stands.ok) return stands;
      offset = stands.value;
      return ok({ offset });
    },
    finish: () => line.takeIn(header.id),
  });
}

/** Whose package it is, from its first bytes. Errors: `package.damaged`, `package.newer`. */
export function readPackageHeader(bytes: Uint8Array): Result<PackageHeader> {
  const length = readHeadPrefix(bytes);
  if (length === 'version') return fail('package.newer');
  if (typeof length === 'string') return fail('package.damaged', { reason: length === 'magic' ? 'no-package' : 'changed' });
  const header = bytes.length < headPrefixBytes + length ? null : parseHeader(Buffer.from(bytes.subarray(headPrefixBytes, headPrefixBytes + length)).toString('utf8'));
  return header === null ? fail('package.damaged', { reason: 'changed' }) : ok(header);
}

/** As many of the first bytes as `readPackageHeader` looks at. */
export const headBytes = headPrefixBytes + maxHeaderBytes;

/** Of plain letters: it goes through sticks and file systems of every age. */
function fileNameOf({ unit, madeAt, id }: PackageHeader): string {
  return `van-thu-${unit.code}-${madeAt.slice(0, 16).replaceAll(/[-:T]/g, '')}-${id.slice(-6)}${packageSuffix}`;
}
