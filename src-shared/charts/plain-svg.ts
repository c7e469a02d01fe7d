/**
 * What the library writes, without what a page under `style-src 'self'` refuses: sheets of style, classes that only they name, and `style` attributes, whose two properties have attributes of their own. Everything between tags is kept as it is, for
 * it is escaped text.
 */
export function plainSvg(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag
        .replace(/ (?:class|ecmeta_\w+|pointer-events|xml:space)="[^"]*"/g, '')
        .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style)))
    .replace(/\n+/g, '\n');
}

function attributesOf(style: string): string {
  return style
    .split(';')
    .flatMap((one) => {
      const [name = '', value = ''] = one.split(/:(.*)/s);
      return /^font-(?:size|family|weight)$/.test(name.trim()) ? [` ${name.trim()}="${value.trim()}"`] : [];
    })
    .join('');
}
