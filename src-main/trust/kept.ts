import { createHash } from 'node:crypto';
import { z } from 'zod';
import { trustChange, trustOrigin } from '../../src-shared/contract/trust.ts';
import { appError } from '../../src-shared/protocol/wire.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import type { TrustRole } from './faults.ts';

/** Where the profile keeps small things: its encrypted store. */
export type KeptSettings = { readonly getSetting: (key: string) => string | null; readonly setSetting: (key: string, value: string) => void };

export type KeptCertificate = { readonly role: TrustRole; readonly certificate: Certificate; readonly since: string };

export type KeptList = {
  readonly version: number;
  readonly dated: string;
  /** Of the list's text: the same number may not come with other content. */
  readonly sha256: string;
  readonly signedBy: string | null;
  /** What the server is asked with: its ETag. */
  readonly tag: string | null;
  readonly certificates: readonly KeptCertificate[];
};

/** What this desk adds to what was shipped. */
export type Kept = { readonly followServer: boolean; readonly own: readonly KeptCertificate[]; readonly server: KeptList | null };

const key = 'trust.kept';
const damagedKey = 'trust.damaged';
const bookKey = 'trust.book';
/** Beside what they stand in, so that damage there turns nothing on that an office turned off, and gives no number twice. */
const followKey = 'trust.follow';
const numberKey = 'trust.number';

const storedCertificate = z.object({ role: z.enum(['anchor', 'intermediate']), der: z.base64(), sha256: z.string(), since: z.string() });
const storedKept = z.object({
  schema: z.literal(1),
  followServer: z.boolean(),
  own: z.array(storedCertificate),
  server: z.object({ version: z.int(), dated: z.string(), sha256: z.string(), signedBy: z.string().nullable(), tag: z.string().nullable(), certificates: z.array(storedCertificate) }).nullable(),
});

export const nothingKept: Kept = { followServer: true, own: [], server: null };

/** What cannot be read whole is laid aside, for whoever looks into it, and nothing of it is believed. */
export function readKept(settings: KeptSettings): Kept {
  const text = settings.getSetting(key);
  if (text === null) return nothingKept;
  const parsed = storedKept.safeParse(readJson(text));
  const own = parsed.success ? readAll(parsed.data.own) : null;
  const server = parsed.success ? (parsed.data.server === null ? [] : readAll(parsed.data.server.certificates)) : null;
  if (!parsed.success || own === null || server === null) {
    settings.setSetting(damagedKey, text);
    return { ...nothingKept, followServer: settings.getSetting(followKey) !== 'no' };
  }
  const list = parsed.data.server;
  return { followServer: parsed.data.followServer, own, server: list === null ? null : { ...list, certificates: server } };
}

/** Said until an administrator has set the list in order again. */
export function isDamaged(settings: KeptSettings): boolean {
  return (settings.getSetting(damagedKey) ?? '') !== '';
}

export function forgetDamage(settings: KeptSettings): void {
  if (isDamaged(settings)) settings.setSetting(damagedKey, '');
}

export function writeKept(settings: KeptSettings, { followServer, own, server }: Kept): void {
  settings.setSetting(followKey, followServer ? 'yes' : 'no');
  settings.setSetting(key, JSON.stringify({ schema: 1, followServer, own: own.map(toStored), server: server === null ? null : { ...server, certificates: server.certificates.map(toStored) } } satisfies z.input<typeof storedKept>));
}

/** The list as it was last, its number, and how it came to be so: apart from what is kept, so that no damage there starts the numbers anew. */
const storedBook = z.object({
  version: z.int().min(1),
  dated: z.string(),
  list: z.array(z.object({ role: z.enum(['anchor', 'intermediate']), origin: trustOrigin, thumbprint: z.string(), commonName: z.string() })),
  changes: z.array(trustChange),
  asked: z.object({ at: z.string(), problem: appError.nullable() }).nullable(),
});
export type Book = z.infer<typeof storedBook>;

export function findBook(settings: KeptSettings): Book | null {
  const text = settings.getSetting(bookKey);
  const parsed = storedBook.safeParse(text === null ? null : readJson(text));
  return parsed.success ? parsed.data : null;
}

export function writeBook(settings: KeptSettings, book: Book): void {
  settings.setSetting(numberKey, String(book.version));
  settings.setSetting(bookKey, JSON.stringify(book));
}

/** The number that the list had last; 0: none yet. */
export function readNumber(settings: KeptSettings): number {
  const number = Number(settings.getSetting(numberKey) ?? 0);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

function toStored({ role, certificate, since }: KeptCertificate): z.infer<typeof storedCertificate> {
  return { role, der: Buffer.from(certificate.der).toString('base64'), sha256: certificate.thumbprint, since };
}

/** Null when one of them is not what was kept. */
function readAll(stored: readonly z.infer<typeof storedCertificate>[]): readonly KeptCertificate[] | null {
  const read: KeptCertificate[] = [];
  for (const { role, der, sha256, since } of stored) {
    const bytes = new Uint8Array(Buffer.from(der, 'base64'));
    const certificate = createHash('sha256').update(bytes).digest('hex') === sha256 ? readCertificate(bytes) : null;
    if (certificate === null) return null;
    read.push({ role, certificate, since });
  }
  return read;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // damaged: the schema refuses what is not there
    return undefined;
  }
}
