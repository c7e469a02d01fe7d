/** What the files are made of besides their lies. */
export type Materials = {
  /** One page, signed by the leader, by our own signer. */
  readonly signed: Buffer;
  /** DER of a true signature (over something else) and of a certificate. */
  readonly cms: Buffer;
  readonly certificate: Buffer;
};

export type HostileFile = {
  readonly name: string;
  readonly build: (materials: Materials) => Buffer;
  /** What is amiss with it does the signature no harm: its answer may be a good one, in time. */
  readonly mayBeGood?: boolean;
  /** Words that the verifier's answer must contain: that the file is refused for what it is, where that can be said. */
  readonly says?: RegExp;
};

const million = 1_000_000;
export const many = million;

/** `text(i)` for each of `count`, joined; for texts of many megabytes. */
export function repeated(count: number, text: (i: number) => string): Buffer {
  const chunks: Buffer[] = [];
  let part: string[] = [];
  for (let i = 0; i < count; i += 1) {
    part.push(text(i));
    if (part.length === 10_000) {
      chunks.push(Buffer.from(part.join(''), 'latin1'));
      part = [];
    }
  }
  chunks.push(Buffer.from(part.join(''), 'latin1'));
  return Buffer.concat(chunks);
}
