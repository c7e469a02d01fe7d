import type { z } from 'zod';
import type { Placement, proposal } from '../../src-shared/contract/signing.ts';
import type { Result } from '../../src-shared/result.ts';
import type { ByteSource } from './bytes.ts';
import type { SigningKey } from './token.ts';

type Proposal = z.infer<typeof proposal>;

export type SignedTail = {
  /** What follows the unchanged input: `output = input ++ tail`. */
  readonly tail: Uint8Array;
  readonly field: string;
};

export type Places = {
  readonly pages: readonly { readonly widthMm: number; readonly heightMm: number }[];
  readonly signature: Proposal | null;
  readonly seal: Proposal | null;
  readonly number: Proposal | null;
  readonly day: Proposal | null;
  readonly month: Proposal | null;
  readonly prepared: boolean;
};

/** Signing profile of signing.md §2: `office` = adbe.pkcs7.detached, `pades` = ETSI.CAdES.detached. */
export type SigningProfile = 'office' | 'pades';

export type SignRequest = {
  readonly key: SigningKey;
  readonly profile: SigningProfile;
  /** Intermediates and roots (DER) to complete the chain inside the CMS. */
  readonly chain: readonly Uint8Array[];
  readonly reason: string;
  readonly location: string;
  /** Claimed time, written to /M with +07:00. */
  readonly at: Date;
  /** A field prepared earlier; else a new one is made. */
  readonly field?: string;
  readonly place: Placement | null;
  readonly image: Uint8Array | null;
};

/** What is drawn for a signature; the key and its certificate come later. `name`: who signs, shown where there is no image. */
export type DrawRequest = Pick<SignRequest, 'at' | 'field' | 'place' | 'image'> & { readonly name: string };

/** What phát hành writes besides the seal, as it stands on the page. */
export type IssueTexts = { readonly number: string; readonly day: string; readonly month: string; readonly places: Places };

/** A PDF of one page of the displayed page's size, with nothing on it but what is newly drawn there. `page` counts from 1. */
export type Layer = { readonly page: number; readonly pdf: Uint8Array };

/** What the signing engine does; all of it returns a tail and never touches the input. */
export type SigningPort = {
  /** Refuses what cannot be signed, with the reason: pdf.not-pdf, file.empty, pdf.broken, pdf.encrypted, pdf.no-pages. */
  readonly inspect: (input: ByteSource) => Result<{ readonly pages: number; readonly signatures: number; readonly prepared: boolean }>;
  readonly findPlaces: (input: ByteSource) => Promise<Result<Places>>;
  /** Adds the text fields and the two empty signature fields (signing.md §3) at the places found. */
  readonly prepare: (input: ByteSource, places: Places) => Promise<Result<{ readonly tail: Uint8Array }>>;
  /** Ký duyệt and every plain signature. */
  readonly sign: (input: ByteSource, request: SignRequest) => Promise<Result<SignedTail>>;
  /** Phát hành: number and date into the prepared fields (else into the seal's appearance) and the seal, one update. */
  readonly issue: (input: ByteSource, request: SignRequest & IssueTexts) => Promise<Result<SignedTail>>;
  /** What `sign` would draw, by the code that draws it: the same appearance streams at the same places. No key is needed. */
  readonly previewSign: (input: ByteSource, request: DrawRequest) => Promise<Result<readonly Layer[]>>;
  /** What `issue` would draw, on every page that it would touch. */
  readonly previewIssue: (input: ByteSource, request: DrawRequest & IssueTexts) => Promise<Result<readonly Layer[]>>;
  /** Whether this can be a signature or a seal; size in pixels. Errors: `image.not-png`, `image.no-alpha`. */
  readonly checkImage: (png: Uint8Array) => Result<{ readonly width: number; readonly height: number }>;
};
