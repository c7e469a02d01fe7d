import { z } from 'zod';
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

/** The PIN passes renderer → gate → token host once. It is in no event, no log, no store. */
const pin = z.string().min(1).max(64);

export const signingCalls = {
  'tokens.list': call(z.object({}), z.object({ tokens: z.array(tokenInfo), drivers: z.array(driverInfo) })),
  /** The images on file for this office. `bytes` are the PNG. */
  'signing.images': call(z.object({}), z.object({ signature: z.object({ bytes: binary, widthMm: z.number(), heightMm: z.number() }).nullable(), seal: z.object({ bytes: binary, diameterMm: z.number() }).nullable() })),
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
