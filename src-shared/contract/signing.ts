import { z } from 'zod';
import { capacities, documentKind } from '../domain/document.ts';
import { signatureLevel } from '../domain/level.ts';
import { copyForm } from '../domain/mark.ts';
import { documentId, grantId, instant, localDate } from '../domain/ids.ts';
import { organization } from '../domain/organization.ts';
import { binary, call } from './define.ts';
import { documentDetail } from './documents.ts';

/** A rectangle in millimetres from the top left of the page as displayed (rotation applied). */
export const rectMm = z.object({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() });
export type RectMm = z.infer<typeof rectMm>;

/** `page` counts from 1. */
export const placement = z.object({ page: z.int().positive(), rect: rectMm });
export type Placement = z.infer<typeof placement>;

/** Where the page's own text says a thing belongs; null when it says nothing. `confidence` 0…1. */
export const proposal = placement.extend({ confidence: z.number().min(0).max(1) });

export const tokenCertificate = z.object({
  /** SHA-256 of the DER, hex: the name by which a certificate is asked for, never a slot number. */
  thumbprint: z.string(),
  label: z.string(),
  commonName: z.string(),
  organization: z.string(),
  issuer: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  /** Heuristic: an organisation's certificate has no personal title; used to propose, never to forbid. */
  holder: z.enum(['person', 'organization']),
  hasPrivateKey: z.boolean(),
  usable: z.enum(['ok', 'expired', 'not-yet-valid', 'wrong-usage', 'weak-key']),
});
export type TokenCertificate = z.infer<typeof tokenCertificate>;

export const tokenInfo = z.object({
  driver: z.string(),
  label: z.string(),
  serial: z.string(),
  pin: z.object({ countLow: z.boolean(), finalTry: z.boolean(), locked: z.boolean(), pad: z.boolean() }),
  certificates: z.array(tokenCertificate),
});
export type TokenInfo = z.infer<typeof tokenInfo>;

export const driverInfo = z.object({ driver: z.string(), problem: z.object({ code: z.string(), message: z.string() }).nullable() });
export type DriverInfo = z.infer<typeof driverInfo>;

/** A picture of what will be drawn on a page, as a PDF of one page of the same size (rotation applied) with nothing else on it. */
const layers = z.object({ layers: z.array(z.object({ page: z.int().positive(), pdf: binary })) });

export const placementOf = z.enum(['signature', 'seal']);
export type PlacementOf = z.infer<typeof placementOf>;

/** A kept place. `kind` null: for every type that has none of its own. `from`: pages are counted from the first or back from the last. */
export const placementTemplate = z.object({ id: z.string().min(1).max(64), name: z.string().trim().min(1).max(100), of: placementOf, kind: documentKind.nullable(), from: z.enum(['first', 'last']), page: z.int().positive().max(10_000), rect: rectMm });
export type PlacementTemplate = z.infer<typeof placementTemplate>;

/** More is a photograph of the paper, not a signature cut from it; it would also ride in every signed file, and must fit one message. */
export const maxImageBytes = 1024 * 1024;

const images = z.object({ signature: z.object({ bytes: binary, widthMm: z.number(), heightMm: z.number() }).nullable(), seal: z.object({ bytes: binary, diameterMm: z.number() }).nullable() });

/** The PIN passes renderer → gate → token host once. It is in no event, no log, no store. Null: the token asks on a pad of its own. */
const pin = z.string().min(1).max(64).nullable();
const refusal = z.object({ code: z.string(), message: z.string() });
/** In which capacity it is signed (`signing.capacities`). Left out: the one proposed, where there is no doubt. */
const as = z.string().max(64).optional();
/** What changed after the last signature was shown to the person, who goes on by the field's name (`signing.inspect`, `changedSince`). */
const accepted = z.string().max(200).nullable().default(null);

/** What a person writes on a document besides ký duyệt and phát hành; what the office knows itself (number, date, names, time) is filled in by it. */
export const markInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('incoming'), forwardTo: z.string().max(100), fileCode: z.string().max(50) }),
  z.object({ kind: z.literal('copy'), form: copyForm }),
  z.object({ kind: z.literal('appendix') }),
  z.object({ kind: z.literal('comment'), text: z.string().trim().min(1).max(1000) }),
]);
export type MarkInput = z.infer<typeof markInput>;

/** `id`: `own`, `position` (a deputy's, by their position), or the grant's. `words`: as App I writes it, e.g. `KT. CHỦ TỊCH – PHÓ CHỦ TỊCH`; '' in one's own name. */
export const signingCapacity = z.object({ id: z.string(), capacity: z.enum(capacities).nullable(), grant: grantId.nullable(), words: z.string(), from: z.string(), lastDay: localDate.nullable() });

/** A run of ký duyệt with one PIN (signing.md §4). It is kept on the disk: what was not reached stays `waiting` over a crash. */
export const batch = z.object({
  id: z.string(),
  mode: z.enum(['all', 'one-by-one']),
  /** `running`: a token is open. `asking`: one by one, `current` waits for a word. `paused`: by the person, the token stays open for a while. `interrupted`: a new PIN is needed to go on. `ended`: nothing waits. */
  state: z.enum(['running', 'asking', 'paused', 'interrupted', 'ended']),
  thumbprint: z.string(),
  current: documentId.nullable(),
  items: z.array(z.object({ id: documentId, title: z.string(), placement: placement.nullable(), status: z.enum(['waiting', 'signed', 'failed', 'skipped']), error: refusal.nullable() })),
  /** Why it was interrupted. */
  error: refusal.nullable(),
  startedAt: instant,
});
export type Batch = z.infer<typeof batch>;

/** How this office signs. Kept with the desk; an administrator's file may set it from outside later. */
export const signingPolicy = z.object({
  /** What is aimed at; B-B is signed at once where the line is down, and completed later. */
  level: signatureLevel,
  digest: z.enum(['sha256', 'sha384', 'sha512']),
  /** http: or https:; '' for none. */
  tsaUrl: z.string().max(300),
  /** Of a proxy for the certification services, '' for the system's own (HTTP_PROXY). */
  proxyUrl: z.string().max(300),
});
export type SigningPolicy = z.infer<typeof signingPolicy>;

/** Long-term data that is still to be added to a document, in the background, for days if need be. */
export const augmentation = z.object({
  id: documentId,
  title: z.string(),
  level: signatureLevel,
  wanted: signatureLevel,
  attempts: z.int().nonnegative(),
  /** Null when it is not tried again by itself. */
  nextAt: instant.nullable(),
  problem: refusal.nullable(),
});
export type Augmentation = z.infer<typeof augmentation>;

const imageAdvice = z.object({ code: z.enum(['low-resolution', 'too-large', 'wrong-ink', 'pale', 'crooked-edge', 'opaque']), value: z.number() });
const imageOf = { of: placementOf, widthMm: z.number().min(5).max(120) };
/** A photograph of the paper may be large; what is made of it is not. */
export const maxScanBytes = 12 * 1024 * 1024;

export const signingCalls = {
  'tokens.list': call(z.object({}), z.object({ tokens: z.array(tokenInfo), drivers: z.array(driverInfo) })),
  /** The images on file for this office. `bytes` are the PNG. */
  'signing.images': call(z.object({}), images),
  /** Puts this office's image on file in real size, or takes it off (`bytes` null). PNG with transparency. Errors: `image.not-png`, `image.no-alpha`, `image.too-large`. */
  'signing.setImage': call(z.object({ of: placementOf, bytes: binary.nullable(), widthMm: z.number().min(5).max(120) }), images),
  /** Signs a random challenge with the token and checks it with the certificate: whether this token would sign. The document store is not touched. */
  'tokens.try': call(z.object({ thumbprint: z.string(), pin }), z.object({ tookMs: z.number() })),
  /**
   * Whether the certificate is good now, by OCSP or CRL, before a PIN is asked: `unknown` when nobody answers, and the signature is then settled later.
   * `checkedAt` null when only the certificate itself was looked at.
   */
  'certificates.check': call(
    z.object({ thumbprint: z.string() }),
    z.object({ status: z.enum(['good', 'revoked', 'unknown', 'expired', 'not-yet-valid', 'wrong-usage', 'weak-key']), checkedAt: instant.nullable(), message: z.string() }),
  ),
  /** What the person should know before signing this file. `changedSince`: what a later revision did that no signature covers as lawful, by the field of the last signature. */
  'signing.inspect': call(
    z.object({ id: documentId }),
    z.object({
      pages: z.int(), signatures: z.int(), prepared: z.boolean(), tagged: z.boolean(), pdfA: z.string().nullable(),
      certified: z.object({ level: z.union([z.literal(1), z.literal(2), z.literal(3)]), by: z.string() }).nullable(),
      protection: z.enum(['none', 'restricted', 'password']),
      changedSince: z.object({ field: z.string(), signer: z.string(), details: z.array(z.string()) }).nullable(),
    }),
  ),
  'signing.policy': call(z.object({}), signingPolicy),
  /** Errors: `policy.address`. */
  'signing.setPolicy': call(signingPolicy, signingPolicy),
  'signing.adviseImage': call(z.object({ bytes: binary, ...imageOf }), z.object({ advice: z.array(imageAdvice) })),
  /** A scan on paper made into an image to sign with; nothing is put on file. Errors: `image.not-png`, `image.blank`, `image.too-large`. */
  'signing.cleanImage': call(z.object({ bytes: binary, ink: z.enum(['rule', 'own']), ...imageOf }), z.object({ bytes: binary, width: z.int(), height: z.int(), advice: z.array(imageAdvice) })),
  /** Dấu đến, sao, phụ lục, bút phê. `placement` null: where the mark belongs. On any error the document is as it was. */
  'signing.mark': call(z.object({ id: documentId, thumbprint: z.string(), pin, mark: markInput, placement: placement.nullable(), accepted }), documentDetail),
  'signing.previewMark': call(z.object({ id: documentId, mark: markInput, placement: placement.nullable() }), layers.extend({ place: placement })),
  /** The last batch of this desk; null when there was none. */
  'batch.read': call(z.object({}), z.object({ batch: batch.nullable() })),
  /**
   * Begins one, and answers when the token is open and the first document is in hand (what follows is told by `batch.changed`). `placement` null: the template for its type, else where its page says.
   * Errors: the token's, before anything is signed; `batch.running`.
   */
  'batch.start': call(z.object({ mode: z.enum(['all', 'one-by-one']), items: z.array(z.object({ id: documentId, placement: placement.nullable() })).min(1).max(500), thumbprint: z.string(), pin, as }), batch),
  /** One by one: signs the current document, where this says, or leaves it. */
  'batch.answer': call(z.object({ id: documentId, sign: z.boolean(), placement: placement.nullable() }), batch),
  /** After the document in hand. */
  'batch.pause': call(z.object({}), batch),
  /** Goes on with what waits and, on demand, with what failed. `pin` is needed only when `interrupted`; the certificate is the batch's own. */
  'batch.resume': call(z.object({ pin, retryFailed: z.boolean().default(false) }), batch),
  /** Leaves what waits unsigned. */
  'batch.end': call(z.object({}), batch),
  'augmentation.list': call(z.object({}), z.object({ items: z.array(augmentation) })),
  /** Tries all of them now. */
  'augmentation.retry': call(z.object({}), z.object({ items: z.array(augmentation) })),
  'templates.list': call(z.object({}), z.object({ templates: z.array(placementTemplate) })),
  'templates.save': call(z.object({ template: placementTemplate }), z.object({ templates: z.array(placementTemplate) })),
  'templates.remove': call(z.object({ id: z.string() }), z.object({ templates: z.array(placementTemplate) })),
  /** What ký duyệt would draw, by the code that will draw it. */
  'signing.preview': call(z.object({ id: documentId, placement }), layers),
  /** What phát hành would draw: number, date and seal, on every page that one of them stands on. */
  'issuing.preview': call(z.object({ id: documentId, number: z.int().positive(), notation: z.string().max(30), date: localDate, placement }), layers),
  'signing.propose': call(
    z.object({ id: documentId }),
    z.object({
      pages: z.array(z.object({ widthMm: z.number(), heightMm: z.number() })),
      signature: proposal.nullable(),
      seal: proposal.nullable(),
      number: proposal.nullable(),
      day: proposal.nullable(),
      month: proposal.nullable(),
      /** True when the document carries prepared fields, so number and date need no drawing over the leader's signature. */
      prepared: z.boolean(),
    }),
  ),
  /** In which capacities whoever sits here may sign today (NĐ 30/2020 Art 13), the one proposed first; none for whoever is no leader and holds no grant. */
  'signing.capacities': call(z.object({}), z.object({ capacities: z.array(signingCapacity) })),
  /** Ký duyệt. On any error the document is as it was. Errors besides the token's: `grant.not-in-force`, `workflow.grant-needed`. */
  'signing.approve': call(z.object({ id: documentId, thumbprint: z.string(), pin, placement, accepted, as }), documentDetail),
  /** What the next number would be, from the book this station holds. */
  'issuing.propose': call(z.object({ id: documentId }), z.object({ book: z.string(), number: z.int().nullable(), notation: z.string(), date: localDate, problem: z.object({ code: z.string(), message: z.string() }).nullable() })),
  /** Phát hành: number, date and seal in one update, then (if asked) sent. A number is used up only when the file was sealed. */
  'issuing.issue': call(
    z.object({ id: documentId, thumbprint: z.string(), pin, number: z.int().positive(), notation: z.string().max(30), date: localDate, placement, recipients: z.array(organization).max(1000), send: z.boolean(), accepted }),
    documentDetail,
  ),
} as const;

export const signingEvents = {
  /** After each step of a batch. */
  'batch.changed': batch,
  'augmentation.changed': z.object({ items: z.array(augmentation) }),
} as const;
