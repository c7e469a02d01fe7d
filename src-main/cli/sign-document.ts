import type { Placement } from '../../src-shared/contract/signing.ts';
import type { SignatureLevel } from '../../src-shared/domain/level.ts';
import type { CopyForm } from '../../src-shared/domain/mark.ts';
import { choosePlace } from '../../src-shared/domain/place.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import { printedDay, printedMonth, printedYear } from '../features/vietnam-time.ts';
import type { AugmentationPort } from '../ports/augmentation.ts';
import type { RevocationPort, TimestampPort } from '../ports/authorities.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { Mark, Places, SignedTail, SigningPort, SigningProfile, SignRequest } from '../ports/signing.ts';
import type { SigningKey } from '../ports/token.ts';
import { joinSource } from '../pdf/index.ts';
import { readCertificate } from '../verification/certificate.ts';

/** What the signature is for, with the words that are printed. Dates are `yyyy-mm-dd`. */
export type SignWork =
  | { readonly step: 'plain' }
  | { readonly step: 'leader' }
  | { readonly step: 'issue'; readonly number: string; readonly date: string }
  | { readonly step: 'appendix'; readonly number: string; readonly date: string }
  | { readonly step: 'incoming'; readonly number: string; readonly date: string; readonly organization: string | null; readonly forwardTo: string; readonly fileCode: string }
  | { readonly step: 'copy'; readonly form: CopyForm; readonly organization: string | null }
  | { readonly step: 'comment'; readonly text: string };

/** Where it goes: as told, where the page's own text says (`auto`), or nowhere (an invisible signature; a mark finds its own place). */
export type SignDirection = { readonly place: Placement | null; readonly auto: boolean; readonly imageWidthMm: number | null };

export type SignPlan = {
  readonly profile: SigningProfile;
  readonly level: SignatureLevel;
  readonly reason: string | null;
  readonly location: string;
  readonly field: string | null;
  readonly direction: SignDirection;
  readonly work: SignWork;
};

export type SignTools = {
  readonly engine: SigningPort;
  readonly augmenter: AugmentationPort;
  readonly services: { readonly timestamp: TimestampPort; readonly revocation: RevocationPort };
  readonly chain: readonly Uint8Array[];
  readonly trust: { readonly anchors: readonly Uint8Array[]; readonly intermediates: readonly Uint8Array[] };
  readonly image: Uint8Array | null;
};

/** `missing`: why the level that was asked for is not reached; the signature stands all the same. */
export type SignedDocument = { readonly tail: Uint8Array; readonly field: string; readonly level: SignatureLevel; readonly place: (Placement & { readonly confidence?: number }) | null; readonly missing: readonly AppError[] };

/** NĐ 30/2020 App I: the seal is round, 36 mm with most offices; a handwritten signature is about this wide. */
const usualWidthMm = { signature: 40, seal: 36 } as const;

/** One document through the same engine as the screens: the step's signature, and what its level adds. */
export async function signDocument(source: ByteSource, key: SigningKey, plan: SignPlan, tools: SignTools): Promise<Result<SignedDocument>> {
  const found = await findPlace(source, plan, tools);
  if (!found.ok) return found;
  const { place, places } = found.value;
  const signed = await signStep(source, plan, tools, { ...requestOf(key, plan, tools), place }, places);
  if (!signed.ok) return signed;
  const first = { tail: signed.value.tail, field: signed.value.field, place: place === null ? null : found.value.shown };
  if (plan.level === 'B-B') return ok({ ...first, level: 'B-B', missing: [] });
  const late = signed.value.timestampProblem ?? null;
  if (plan.level === 'B-T') return ok({ ...first, level: late === null ? 'B-T' : 'B-B', missing: late === null ? [] : [late] });
  const augmented = await tools.augmenter.augment(joinSource(source, signed.value.tail), { level: plan.level, ...tools.services, ...tools.trust, now: new Date() });
  if (!augmented.ok) return ok({ ...first, level: late === null ? 'B-T' : 'B-B', missing: [augmented.error] });
  return ok({ ...first, tail: Buffer.concat([signed.value.tail, augmented.value.tail]), level: augmented.value.level, missing: augmented.value.missing.map(({ error }) => error) });
}

type Request = Omit<SignRequest, 'place'> & { readonly place: Placement | null };

function requestOf(key: SigningKey, plan: SignPlan, tools: SignTools): Omit<SignRequest, 'place'> {
  return {
    key, profile: plan.profile, chain: tools.chain, reason: plan.reason ?? reasons[plan.work.step], location: plan.location, at: new Date(), image: tools.image,
    ...(plan.field === null ? {} : { field: plan.field }),
    ...(plan.level === 'B-B' ? {} : { timestamp: tools.services.timestamp }),
  };
}

/** The office's own words for its steps (signing.md §3). */
const reasons: Readonly<Record<SignWork['step'], string>> = { plain: '', leader: 'Ký duyệt', issue: 'Phát hành', incoming: 'Đóng dấu đến', copy: 'Sao văn bản', appendix: 'Ký phụ lục', comment: 'Bút phê' };

async function signStep(source: ByteSource, { work }: SignPlan, { engine }: SignTools, request: Request, places: Places | null): Promise<Result<SignedTail>> {
  if (work.step === 'plain' || work.step === 'leader') return engine.sign(source, request);
  if (work.step !== 'issue') return engine.mark(source, { ...request, mark: markOf(work, request.key) });
  const known = places === null ? await engine.findPlaces(source) : ok(places);
  if (!known.ok) return known;
  return engine.issue(source, { ...request, number: work.number, day: printedDay(work.date), month: printedMonth(work.date), year: printedYear(work.date), places: known.value });
}

function markOf(work: Exclude<SignWork, { readonly step: 'plain' } | { readonly step: 'leader' } | { readonly step: 'issue' }>, key: SigningKey): Mark {
  const subject = readCertificate(key.certificate) ?? { commonName: '', organization: '' };
  const printed = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
  switch (work.step) {
    case 'incoming': return { kind: 'incoming', organization: work.organization ?? subject.organization, number: work.number, date: printed(work.date), forwardTo: work.forwardTo, fileCode: work.fileCode };
    case 'copy': return { kind: 'copy', form: work.form, organization: work.organization ?? subject.organization };
    case 'appendix': return { kind: 'appendix', number: work.number, date: printed(work.date) };
    case 'comment': return { kind: 'comment', author: subject.commonName, text: work.text };
  }
}

type Found = { readonly place: Placement | null; readonly shown: SignedDocument['place']; readonly places: Places | null };

/** A place found in the text is printed with its confidence; one that is only guessed is refused (`placement.unknown`). */
async function findPlace(source: ByteSource, { direction, work }: SignPlan, { engine, image }: SignTools): Promise<Result<Found>> {
  const told = { place: direction.place, shown: direction.place, places: null };
  if (!direction.auto || (work.step !== 'plain' && work.step !== 'leader' && work.step !== 'issue')) return ok(told);
  const places = await engine.findPlaces(source);
  if (!places.ok) return places;
  const of = work.step === 'issue' ? 'seal' : 'signature';
  const size = image === null ? null : engine.checkImage(image);
  if (size !== null && !size.ok) return size;
  const widthMm = direction.imageWidthMm ?? usualWidthMm[of];
  const real = size === null ? null : { widthMm, heightMm: (widthMm * size.value.height) / size.value.width };
  const chosen = choosePlace(places.value, { of, kind: 'cong-van', image: real, templates: [] });
  if (chosen.source === 'guess') return fail('placement.unknown');
  return ok({ place: chosen.placement, shown: { ...chosen.placement, confidence: places.value[of]?.confidence ?? 1 }, places: places.value });
}
