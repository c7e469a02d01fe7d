import { createCipheriv, createHash, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import {
  blockNonce, blockTag, joined, keyInfo, lastBlockBit, packageHead, pieceBytes, records, signatureBytes, signedText, tagBytes,
  type ContentRecord, type PackageHeader,
} from '../../src-shared/protocol/package.ts';
import type { Command } from '../../src-shared/domain/document.ts';
import type { PlannedContent } from './plan.ts';

export type Sealing = {
  /** All but the pair that is made for this package here. */
  readonly header: Omit<PackageHeader, 'ephemeral'>;
  /** X25519 public key of the server, 32 bytes. */
  readonly serverKey: Uint8Array;
  readonly commands: readonly Command[];
  readonly contents: readonly PlannedContent[];
  readonly readContent: (sha256: PlannedContent['sha256'], offset: number, length: number) => Uint8Array;
  /** Ed25519 by the station. */
  readonly sign: (text: Uint8Array) => Uint8Array;
};

export type Sealed = { readonly header: PackageHeader; readonly sizeBytes: number; readonly parts: Generator<Uint8Array, void, void> };

/** Seals a package record by record; nothing is read before its turn. See `src-shared/protocol/package.ts` for the form. */
export function sealPackage(sealing: Sealing): Sealed {
  const pair = generateKeyPairSync('x25519');
  const ephemeral = rawPublicKey(pair.publicKey);
  const header: PackageHeader = { ...sealing.header, ephemeral: Buffer.from(ephemeral).toString('base64url') };
  const head = packageHead(Buffer.from(JSON.stringify(header)));
  const headHash = createHash('sha256').update(head).digest();
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey: publicKeyOf('X25519', sealing.serverKey) });
  const key = new Uint8Array(hkdfSync('sha256', shared, headHash, keyInfo(ephemeral, sealing.serverKey), 32));
  const commands = sealing.commands.map((command) => Buffer.from(JSON.stringify(command)));
  const pieces = sealing.contents.reduce((sum, { lengthBytes }) => sum + Math.ceil(lengthBytes / pieceBytes), 0);
  const end = recordBytes({ commands: commands.length, contents: sealing.contents.length, blocks: sealing.contents.length + pieces + commands.length + 1 });

  /** Kind and body of every record but the last. */
  function* bodies(): Generator<readonly [number, Uint8Array], void, void> {
    for (const { sha256, sizeBytes, base, lengthBytes } of sealing.contents) {
      yield [records.content, recordBytes({ sha256, sizeBytes, base, lengthBytes } satisfies ContentRecord)];
      for (let at = sizeBytes - lengthBytes; at < sizeBytes; at += pieceBytes) yield [records.bytes, sealing.readContent(sha256, at, Math.min(pieceBytes, sizeBytes - at))];
    }
    for (const command of commands) yield [records.command, command];
  }

  /** In parts, so that a body is copied once only. */
  function block(number: number, kind: number, body: Uint8Array, last: boolean): readonly Uint8Array[] {
    const cipher = createCipheriv('aes-256-gcm', key, blockNonce(number), { authTagLength: tagBytes });
    cipher.setAAD(blockTag(headHash, number, last));
    const length = Buffer.alloc(4);
    const size = 1 + body.length + tagBytes;
    length.writeUInt32BE(last ? (size | lastBlockBit) >>> 0 : size);
    return [joined(length, cipher.update(Uint8Array.of(kind))), cipher.update(body), joined(cipher.final(), cipher.getAuthTag())];
  }

  function* parts(): Generator<Uint8Array, void, void> {
    const all = createHash('sha256').update(head);
    yield head;
    let number = 0;
    for (const [kind, body] of bodies()) {
      for (const part of block(number, kind, body, false)) {
        all.update(part);
        yield part;
      }
      number += 1;
    }
    for (const part of block(number, records.end, end, true)) {
      all.update(part);
      yield part;
    }
    yield sealing.sign(signedText(all.digest()));
  }

  const blockBytes = (body: number) => 4 + 1 + body + tagBytes;
  const sizeBytes = head.length + blockBytes(end.length) + signatureBytes
    + commands.reduce((sum, command) => sum + blockBytes(command.length), 0)
    + sealing.contents.reduce((sum, { sha256, sizeBytes: size, base, lengthBytes }) => sum + blockBytes(recordBytes({ sha256, sizeBytes: size, base, lengthBytes }).length) + lengthBytes + Math.ceil(lengthBytes / pieceBytes) * blockBytes(0), 0);
  return { header, sizeBytes, parts: parts() };
}

export function publicKeyOf(curve: 'X25519' | 'Ed25519', raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x: Buffer.from(raw).toString('base64url') }, format: 'jwk' });
}

/** 32 bytes. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  return Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url');
}

/** `keyId` of a raw public key. */
export function keyIdOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex').slice(0, 32);
}

function recordBytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
