/** What a reader takes at most. Every limit ends in a refusal, never in more memory. */
export type ReadLimits = {
  /** Of the whole package as it lies on the line. */
  readonly packageBytes: number;
  /** Of everything but the contents of attachments. */
  readonly markupBytes: number;
  readonly depth: number;
  readonly elements: number;
  readonly attributesPerElement: number;
  readonly attributeCharacters: number;
  /** Of one run of text, contents of attachments aside. */
  readonly textCharacters: number;
  /** Of one attachment, unpacked. */
  readonly attachmentBytes: number;
  /** Of all attachments together, unpacked. */
  readonly contentBytes: number;
  /** Unpacked to packed, once an attachment is larger than `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
};

export const defaultReadLimits: ReadLimits = {
  packageBytes: 1 << 30,
  markupBytes: 8 << 20,
  depth: 32,
  elements: 100_000,
  attributesPerElement: 32,
  attributeCharacters: 4096,
  textCharacters: 64 << 10,
  attachmentBytes: 512 << 20,
  contentBytes: 1 << 30,
  // office documents stay below 50; DEFLATE itself ends at 1,032
  ratio: 200,
  ratioFromBytes: 8 << 20,
};
