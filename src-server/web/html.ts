/** A piece of a page in which everything that came from outside is text. */
export type Html = { readonly html: string };
type Part = Html | string | number | null | false | readonly Html[];

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What stands between the template's own words is escaped, unless it is a piece itself; null and false are nothing. Attributes stand in quotes. */
export function html(words: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: words.map((word, at) => word + write(parts[at] ?? null)).join('') };
}

/** A drawing that the program made itself: no script, style or reference is in it (`charts/plain-svg.ts`). */
export function drawing(svg: string): Html {
  return { html: svg };
}

function write(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return String(part).replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
  return 'html' in part ? part.html : part.map((one) => one.html).join('');
}
