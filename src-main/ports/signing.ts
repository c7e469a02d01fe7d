import type { z } from 'zod';
import type { Placement, proposal } from '../../src-shared/contract/signing.ts';
import type { CopyForm } from '../../src-shared/domain/mark.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import type { AppError, Result } from '../../src-shared/result.ts';
import type { TimestampPort } from './authorities.ts';
import type { ByteSource } from './bytes.ts';
import type { SigningKey } from './token.ts';

type Proposal = z.infer<typeof proposal>;

export type SignedTail = {
  /** What follows the unchanged input: `output = input ++ tail`. */
  readonly tail: Uint8Array;
  readonly field: string;
  /** Why the signature has no time-stamp though one was asked for: it is B-B now, and a DocTimeStamp completes it later. Null when it has one or none was asked for. */
  readonly timestampProblem?: AppError | null;
  /** SHA-256 of `input ++ tail`, where signing read the input with that very hash: whoever stores the whole need not read it again. */
  readonly sha256?: Sha256;
};

export type Places = {
  readonly pages: readonly { readonly widthMm: number; readonly heightMm: number }[];
  readonly signature: Proposal | null;
  readonly seal: Proposal | null;
  readonly number: Proposal | null;
  readonly day: Proposal | null;
  readonly month: Proposal | null;
  /** Only where the line leaves the year open too ("năm ……"); nearly all print it. */
  readonly year?: Proposal | null;
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
  /** Asked for a time-stamp over the signature value (B-T); when it fails the signature is B-B and says why. */
  readonly timestamp?: TimestampPort;
};

/** What is drawn for a signature; the key and its certificate come later. `name`: who signs, shown where there is no image. */
export type DrawRequest = Pick<SignRequest, 'at' | 'field' | 'place' | 'image'> & { readonly name: string };

/** What phát hành writes besides the seal, as it stands on the page. */
export type IssueTexts = { readonly number: string; readonly day: string; readonly month: string; readonly year?: string; readonly places: Places };

/** Texts as they stand on the page, in Vietnamese. Time is `at` of the request, ISO 8601 with +07:00. */
export type Mark =
  /** Dấu đến, 35 × 50 mm (NĐ 30/2020 App IV). `date` as printed. */
  | { readonly kind: 'incoming'; readonly organization: string; readonly number: string; readonly date: string; readonly forwardTo: string; readonly fileCode: string }
  /** App I Part II.I.3: form; organisation; time, top right of page 1, no image. */
  | { readonly kind: 'copy'; readonly form: CopyForm; readonly organization: string }
  /** App I.II.8b: number and notation; date; time; zone, top right of page 1, no image. `date` as printed, dd/mm/yyyy. */
  | { readonly kind: 'appendix'; readonly number: string; readonly date: string }
  /** Bút phê: the author, the time and what was written, as a text note that is signed. */
  | { readonly kind: 'comment'; readonly author: string; readonly text: string };

/** What a person should know of a file before it is signed. */
export type Inspection = {
  readonly pages: number;
  readonly signatures: number;
  readonly prepared: boolean;
  /** DocMDP of the certification, and who certified (the common name, else the /Name). */
  readonly certified: { readonly level: 1 | 2 | 3; readonly by: string } | null;
  /** `restricted`: opens without a password, its owner set limits. `password`: opened with the one that came along. */
  readonly protection: 'none' | 'restricted' | 'password';
  /** `1b`, `2u`, `4`…, as its XMP claims; null when it claims none. */
  readonly pdfA: string | null;
  readonly tagged: boolean;
};

/** What to think of an image, and what a scan of it becomes. */
export type ImageAdvice = { readonly code: 'low-resolution' | 'too-large' | 'wrong-ink' | 'pale' | 'crooked-edge' | 'opaque'; readonly value: number };

/** A PDF of one page of the displayed page's size, with nothing on it but what is newly drawn there. `page` counts from 1. */
export type Layer = { readonly page: number; readonly pdf: Uint8Array };

/** What the signing engine does; all of it returns a tail and never touches the input. */
export type SigningPort = {
  /** Refuses what cannot be signed, with the reason: pdf.not-pdf, file.empty, pdf.broken, pdf.password-needed, pdf.password-wrong, pdf.encrypted, pdf.no-pages. */
  readonly inspect: (input: ByteSource) => Result<Inspection>;
  /** A readable copy of a broken file, its objects found anew; only where nothing is signed. Errors: `pdf.repair-signed`, `pdf.repair-impossible`. */
  readonly repair: (input: ByteSource) => Result<Uint8Array>;
  readonly findPlaces: (input: ByteSource) => Promise<Result<Places>>;
  /** Adds the text fields and the two empty signature fields (signing.md §3) at the places found. */
  readonly prepare: (input: ByteSource, places: Places) => Promise<Result<{ readonly tail: Uint8Array }>>;
  /** Ký duyệt and every plain signature. */
  readonly sign: (input: ByteSource, request: SignRequest) => Promise<Result<SignedTail>>;
  /** Phát hành: number and date into the prepared fields (else into the seal's appearance) and the seal, one update. */
  readonly issue: (input: ByteSource, request: SignRequest & IssueTexts) => Promise<Result<SignedTail>>;
  /** Dấu đến, sao, phụ lục, bút phê: a signature that shows a mark. `place` null: where the mark belongs. Error: `mark.no-room`. */
  readonly mark: (input: ByteSource, request: Omit<SignRequest, 'image' | 'field'> & { readonly mark: Mark }) => Promise<Result<SignedTail>>;
  /** What `mark` would draw, and where. */
  readonly previewMark: (input: ByteSource, request: { readonly at: Date; readonly place: Placement | null; readonly mark: Mark }) => Promise<Result<{ readonly layers: readonly Layer[]; readonly place: Placement }>>;
  /** What `sign` would draw, by the code that draws it: the same appearance streams at the same places. No key is needed. */
  readonly previewSign: (input: ByteSource, request: DrawRequest) => Promise<Result<readonly Layer[]>>;
  /** What `issue` would draw, on every page that it would touch. */
  readonly previewIssue: (input: ByteSource, request: DrawRequest & IssueTexts) => Promise<Result<readonly Layer[]>>;
  /** Whether this can be a signature or a seal; size in pixels. Errors: `image.not-png`, `image.no-alpha`. */
  readonly checkImage: (png: Uint8Array) => Result<{ readonly width: number; readonly height: number }>;
  /** What an image of this width on paper lacks: pixels for its size (300 a inch are asked for), transparency, the ink's colour, strength. Error: `image.not-png`. */
  readonly adviseImage: (png: Uint8Array, options: { readonly of: 'signature' | 'seal'; readonly widthMm: number }) => Result<readonly ImageAdvice[]>;
  /**
   * A scan or photograph on paper (PNG) made into an image to sign with: paper made transparent, ink in the colour of the rule (signature blue, seal red) or its own,
   * cropped to the ink, no larger than its size on paper needs. Errors: `image.not-png`, `image.blank`.
   */
  readonly cleanImage: (png: Uint8Array, options: { readonly of: 'signature' | 'seal'; readonly widthMm: number; readonly ink: 'rule' | 'own' }) => Promise<Result<{ readonly png: Uint8Array; readonly width: number; readonly height: number }>>;
};
