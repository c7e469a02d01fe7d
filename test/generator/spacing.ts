import type { Random } from './random.ts';

export const spacingStyles = ['plain', 'tight', 'cr', 'crlf', 'tabs', 'comments', 'wild'] as const;
export type SpacingStyle = (typeof spacingStyles)[number];

/** The white space of a file (ISO 32000-2 7.2.3), as its imagined producer writes it. */
export type Spacing = {
  /** An end of line. */
  readonly eol: () => string;
  /** Between two tokens that would else be one. */
  readonly gap: () => string;
  /** The same without comments: inside a reference or an object's head not every reader takes one. */
  readonly blank: () => string;
  /** Between two tokens that are apart by themselves. */
  readonly loose: () => string;
  /** Between two objects of the file. */
  readonly between: () => string;
};

const whites = [' ', '\n', '\r', '\t', '\r\n', '\f', '\0', '  ', ' \n ', '\t\t'] as const;
/** What a reader must not see in a comment: brackets that never close, keywords, an end mark. */
const remarks = ['%', '% ghi chú', '%(', '%<<', '%]>>', '% endobj', '% 9 0 obj', '%stream', '%%BeginObject', '%)%('] as const;

export function createSpacing(style: SpacingStyle, random: Random): Spacing {
  const eol = (): string => (style === 'cr' ? '\r' : style === 'crlf' ? '\r\n' : style === 'wild' ? random.pick(['\n', '\r', '\r\n']) : '\n');
  const comment = (): string => `${Buffer.from(random.pick(remarks), 'utf8').toString('latin1')}${style === 'comments' ? '\n' : eol()}`;
  const blank = (): string => {
    if (style === 'tabs') return random.pick(['\t', ' ', '\t ']);
    if (style === 'wild') return random.pick(whites);
    return (style === 'cr' || style === 'crlf') && random.chance(0.3) ? eol() : ' ';
  };
  const gap = (): string => ((style === 'comments' && random.chance(0.15)) || (style === 'wild' && random.chance(0.1)) ? `${blank()}${comment()}` : blank());
  return {
    eol, blank, gap,
    loose: () => (style === 'tight' ? '' : style === 'plain' ? ' ' : random.chance(0.5) ? '' : gap()),
    between: () => {
      if (style === 'plain' || style === 'tight') return '';
      const blank = Array.from({ length: random.int(3) }, eol).join('');
      return (style === 'comments' || style === 'wild') && random.chance(0.3) ? `${blank}${comment()}` : blank;
    },
  };
}
