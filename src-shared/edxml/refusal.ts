/**
 * What is wrong with a package is one value: the answer that goes back to its sender with status 02 (từ chối tiếp nhận),
 * as QĐ 28/2018/QĐ-TTg Art 5.4 and 9.1 ask. `reason`: Vietnamese, at most 1,000 characters. `where`: the element's path,
 * or the place in bytes; no text of the document.
 */
export type Refusal = { readonly code: '02'; readonly reason: string; readonly where: string };

export const reasonCharacters = 1000;
const prefix = 'Gói tin lỗi: ';

/** Carries a refusal through code that can only throw. Readers of this folder catch it and hand back the value. */
export class PackageFault extends Error {
  readonly refusal: Refusal;

  constructor(reason: string, where: string) {
    super(reason);
    this.name = 'PackageFault';
    this.refusal = refusalOf(reason, where);
  }
}

export function refusalOf(reason: string, where: string): Refusal {
  return { code: '02', reason: cut(prefix + reason, reasonCharacters), where: cut(where, 300) };
}

/** By whole characters: half of one would not be text any more. */
function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
