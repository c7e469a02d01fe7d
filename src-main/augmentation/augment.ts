import { reaches, signatureLevels, type SignatureLevel } from '../../src-shared/domain/level.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import { failureOf, joinSource } from '../pdf/index.ts';
import type { Augmented, AugmentationPort, AugmentRequest } from '../ports/augmentation.ts';
import type { ByteSource } from '../ports/bytes.ts';
import { chainAt, reachedLevel, timeProofsOf, type DocumentStamp, type TimeProof } from '../verification/long-term.ts';
import type { Timestamp } from '../verification/timestamp.ts';
import { writeDocumentTimestamp, type Stamping } from './document-timestamp.ts';
import { examine, isSound, type Examined, type ExaminedSignature, type Memory } from './examine.ts';
import { createGatherer, type Gathered, type Gatherer } from './gather.ts';
import { contentsOf, writeStore, type Proven } from './write-store.ts';

export type AugmenterOptions = {
  /** How long before a time-stamper's certificate ends the file gets a new time-stamp. A quarter, unless told: a dossier on a shelf is looked at once in that. */
  readonly renewWithinMs?: number;
};

type Missing = Augmented['missing'][number];

const defaultRenewWithinMs = 92 * 86_400_000;
const timestampName = 'Dấu thời gian';
const storeName = 'Dữ liệu kiểm chứng lâu dài';

/** Levels of PAdES after the signature (`docs/adr/0012-long-term-levels.md`). */
export function createAugmenter({ renewWithinMs = defaultRenewWithinMs }: AugmenterOptions = {}): AugmentationPort {
  return {
    augment: async (input, request) => {
      try {
        return await augment(input, request, renewWithinMs);
      } catch (error) {
        return { ok: false, error: failureOf(error) };
      }
    },
  };
}

async function augment(input: ByteSource, request: AugmentRequest, renewWithinMs: number): Promise<Result<Augmented>> {
  const startedMs = performance.now();
  // A service may take minutes, and what it then says is later than the beginning of the work.
  const clock = (): Date => new Date(request.now.getTime() + performance.now() - startedMs);
  const memory: Memory = new Map();
  const missing: Missing[] = [];
  let tail: Uint8Array = new Uint8Array(0);
  const first = await examine(input, request, clock(), memory);
  if (!first.ok) return first;
  if (first.value.signatures.length === 0) return fail('augment.unsigned');
  let state = first.value;

  /** Goes on with what was appended; what could not be is said. */
  async function append(built: Result<Uint8Array>, what: string): Promise<boolean> {
    if (!built.ok) {
      missing.push({ what, error: built.error, final: false });
      return false;
    }
    if (built.value.length === 0) return true;
    tail = Buffer.concat([tail, built.value]);
    const next = await examine(joinSource(input, tail), request, clock(), memory);
    if (!next.ok) throw new Error(`an update of our own cannot be read: ${next.error.code}`);
    state = next.value;
    return true;
  }
  const stamp = async (refuse?: Stamping['refuse']): Promise<boolean> => append(await writeDocumentTimestamp(state.source, state.file, { timestamp: request.timestamp, signal: request.signal, ...(refuse === undefined ? {} : { refuse }) }), timestampName);
  const finish = (): Result<Augmented> => ok({ tail, level: lowestLevel(state), renewBefore: endOfNewest(state), missing });

  const broken = state.signatures.filter((each) => !isSound(each));
  missing.push(...broken.map(({ signature: { field } }): Missing => ({ what: field.name, error: { code: 'augment.broken-signature', params: { field: field.name } }, final: true })));
  const sound = (): readonly ExaminedSignature[] => state.signatures.filter(isSound);
  if (sound().length === 0) return finish();

  if (sound().some((each) => wantsTime(each, state, request.level)) && !(await stamp())) return finish();
  if (request.level === 'B-T') return finish();

  const gatherer = createGatherer(request, clock);
  const signatures = await gatherAll(sound(), (each) => gatherSignature(each, state, gatherer));
  missing.push(...signatures.missing);
  const waits = signatures.missing.some(({ final }) => !final);
  // No half store: what is written makes each signature whole that can be made whole at all.
  if (waits || !(await append(writeStore(state.source, state.file, signatures.proven, clock()), storeName)) || request.level === 'B-LT') return finish();

  const lasting = sound().filter((each) => reaches(levelOf(each, state), 'B-LT'));
  const newest = state.grounds.stamps.findLast((each) => each.trusted);
  const end = newest === undefined ? null : endOf(newest, state);
  const isArchived = lasting.every((each) => levelOf(each, state) === 'B-LTA');
  const endsSoon = end !== null && end.getTime() - clock().getTime() < renewWithinMs;
  if (lasting.length === 0 || (isArchived && !endsSoon)) return finish();

  // What earlier time-stamps lean on is kept before the new one covers it.
  const stamps = await gatherAll(state.documentStamps.filter((each) => isSound(each)), (each) => gatherStamp(each, state, gatherer, clock()));
  missing.push(...stamps.missing);
  if (stamps.missing.some(({ final }) => !final)) return finish();
  if (await append(writeStore(state.source, state.file, stamps.proven, clock()), storeName)) await stamp((token) => refuseStamp(token, state, isArchived ? end : null));
  return finish();
}

/**
 * Without a time-stamp; or, where more than a time is wanted, only with one of its own that nobody here trusts, which one of ours may stand in for. A second
 * of ours would add nothing.
 */
function wantsTime({ signature, crypto }: ExaminedSignature, { grounds }: Examined, level: AugmentRequest['level']): boolean {
  const times = timeProofsOf(signature, crypto, grounds);
  return times.length === 0 || (level !== 'B-T' && times.every(({ revision, trusted }) => revision === null && !trusted));
}

type Collected = { readonly proven: readonly Proven[]; readonly missing: readonly Missing[] };
type One = { readonly gathered: readonly Gathered[]; readonly contents: Uint8Array };

async function gatherAll(signatures: readonly ExaminedSignature[], gather: (signature: ExaminedSignature) => Promise<One>): Promise<Collected> {
  const proven: Proven[] = [];
  const missing: Missing[] = [];
  for (const each of signatures) {
    const { gathered, contents } = await gather(each);
    const lacking = gathered.flatMap((one) => (one.ok ? [] : [{ what: one.name, error: one.error, final: one.final }]));
    missing.push(...lacking.filter((one) => !missing.some((other) => other.what === one.what && other.error.code === one.error.code)));
    if (lacking.length === 0) proven.push({ contents, certificates: gathered.flatMap((one) => (one.ok ? one.certificates : [])), proofs: gathered.flatMap((one) => (one.ok ? one.proofs : [])) });
  }
  return { proven, missing };
}

/** An archival time-stamp that nobody here trusts, or that ends no later than the one it renews, archives nothing, and the next try would add another. */
function refuseStamp({ cms, at }: Timestamp, state: Examined, renewed: Date | null): AppError | null {
  const params = { name: cms.signer.commonName };
  if (chainAt(cms, at, 'time-stamping', state.grounds).status !== 'trusted') return { code: 'augment.chain', params };
  return renewed !== null && endOf({ cms, at }, state) <= renewed ? { code: 'augment.renew-later', params } : null;
}

/** Signer and time-stamper at the time that the latter proves; with the first time-stamp for which all can be had. */
async function gatherSignature({ signature, crypto }: ExaminedSignature, { grounds }: Examined, gatherer: Gatherer): Promise<One> {
  const { cms } = crypto;
  const contents = contentsOf(signature.dict);
  const times = timeProofsOf(signature, crypto, grounds);
  let result: readonly Gathered[] = [];
  for (const time of [...times.filter(({ trusted }) => trusted), ...times.filter(({ trusted }) => !trusted)]) {
    if (cms === null) break;
    const gathered = await gatherTime(cms, time);
    if (gathered.every((each) => each.ok)) return { gathered, contents };
    if (result.length === 0) result = gathered;
  }
  return { gathered: result, contents };

  async function gatherTime(own: NonNullable<typeof cms>, time: TimeProof): Promise<readonly Gathered[]> {
    return [await gatherer({ cms: own, at: time.at, purpose: 'signing' }, grounds), await gatherer({ cms: time.cms, at: time.at, purpose: 'time-stamping' }, grounds)];
  }
}

/** A time-stamp is handed on while it is still good: as of now, and as of its own time where its maker has ended in good order meanwhile. */
async function gatherStamp({ signature, crypto }: ExaminedSignature, { grounds }: Examined, gatherer: Gatherer, now: Date): Promise<One> {
  const { cms, docTime } = crypto;
  if (cms === null || docTime === null) throw new Error('a sound time-stamp has a token and a time');
  const contents = contentsOf(signature.dict);
  const today = await gatherer({ cms, at: now, purpose: 'time-stamping' }, grounds);
  return { gathered: [today.ok || !today.final ? today : await gatherer({ cms, at: docTime, purpose: 'time-stamping' }, grounds)], contents };
}

function levelOf({ signature, crypto }: ExaminedSignature, { grounds }: Examined): SignatureLevel {
  return reachedLevel(signature, crypto, grounds);
}

function lowestLevel(state: Examined): SignatureLevel {
  const levels = state.signatures.map((each) => (isSound(each) ? levelOf(each, state) : 'B-B'));
  return signatureLevels.find((level) => levels.includes(level)) ?? 'B-B';
}

function endOfNewest(state: Examined): Date | null {
  const newest = state.grounds.stamps.findLast((each) => each.trusted);
  return newest === undefined ? null : endOf(newest, state);
}

/** When the first certificate that a time-stamp leans on ends, its own or an issuer's; an anchor is trusted as it is. */
function endOf({ cms, at }: Pick<DocumentStamp, 'cms' | 'at'>, { grounds }: Examined): Date {
  const { path } = chainAt(cms, at, 'time-stamping', grounds);
  const ends = path.filter((_, i) => i === 0 || i < path.length - 1).map(({ notAfter }) => notAfter.getTime());
  return new Date(Math.min(...ends));
}
