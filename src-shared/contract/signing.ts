import { z } from 'zod';
import { documentKind } from '../domain/document.ts';
import { documentId, localDate } from '../domain/ids.ts';
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

/** The PIN passes renderer → gate → token host once. It is in no event, no log, no store. */
const pin = z.string().min(1).max(64);

export const signingCalls = {
  'tokens.list': call(z.object({}), z.object({ tokens: z.array(tokenInfo), drivers: z.array(driverInfo) })),
  /** The images on file for this office. `bytes` are the PNG. */
  'signing.images': call(z.object({}), images),
  /** Puts this office's image on file in real size, or takes it off (`bytes` null). PNG with transparency. Errors: `image.not-png`, `image.no-alpha`, `image.too-large`. */
  'signing.setImage': call(z.object({ of: placementOf, bytes: binary.nullable(), widthMm: z.number().min(5).max(120) }), images),
  /** Signs a random challenge with the token and checks it with the certificate: whether this token would sign. The document store is not touched. */
  'tokens.try': call(z.object({ thumbprint: z.string(), pin }), z.object({ tookMs: z.number() })),
  'templates.list': call(z.object({}), z.object({ templates: z.array(placementTemplate) })),
  'templates.save': call(z.object({ template: placementTemplate }), z.object({ templates: z.array(placementTemplate) })),
  'templates.remove': call(z.object({ id: z.string() }), z.object({ templates: z.array(placementTemplate) })),
  /** What ký duyệt would draw, by the code that will draw it. */
  'signing.preview': call(z.object({ id: documentId, placement }), layers),
  /** What phát hành would draw: number, date and seal, on every page that one of them stands on. */
  'issuing.preview': call(z.object({ id: documentId, number: z.int().positive(), notation: z.string().max(30), date: localDate, placement }), layers),
  /**
   * Ký duyệt of many with one PIN. `placement` null: the template for its type, else where its page says; one with neither is left with `placement.unknown`.
   * Each is stored as soon as it is signed; one that fails does not stop the rest, a fault of the token or the PIN does.
   */
  'signing.approveMany': call(
    z.object({ items: z.array(z.object({ id: documentId, placement: placement.nullable() })).min(1).max(500), thumbprint: z.string(), pin }),
    z.object({ results: z.array(z.object({ id: documentId, error: z.object({ code: z.string(), message: z.string() }).nullable() })) }),
  ),
  /** Ends a running `signing.approveMany` after the document in hand; the rest come back with `signing.stopped`. */
  'signing.stop': call(z.object({}), z.object({})),
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
  /** Ký duyệt. On any error the document is as it was. */
  'signing.approve': call(z.object({ id: documentId, thumbprint: z.string(), pin, placement }), documentDetail),
  /** What the next number would be, from the book this station holds. */
  'issuing.propose': call(z.object({ id: documentId }), z.object({ book: z.string(), number: z.int().nullable(), notation: z.string(), date: localDate, problem: z.object({ code: z.string(), message: z.string() }).nullable() })),
  /** Phát hành: number, date and seal in one update, then (if asked) sent. A number is used up only when the file was sealed. */
  'issuing.issue': call(
    z.object({ id: documentId, thumbprint: z.string(), pin, number: z.int().positive(), notation: z.string().max(30), date: localDate, placement, recipients: z.array(organization).max(1000), send: z.boolean() }),
    documentDetail,
  ),
} as const;

export const signingEvents = {
  /** After each document of `signing.approveMany`. */
  'signing.progress': z.object({ done: z.int(), total: z.int(), id: documentId, failed: z.boolean() }),
} as const;
