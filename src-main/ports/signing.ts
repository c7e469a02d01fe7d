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
  readonly issue: (input: ByteSource, request: SignRequest & { readonly number: string; readonly day: string; readonly month: string; readonly places: Places }) => Promise<Result<SignedTail>>;
};
