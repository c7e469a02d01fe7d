type DrawSvg = (pages: unknown, svg: string, x: number, y: number, options: { readonly assumePt: boolean; readonly fontCallback: () => string; readonly warningCallback: (word: string) => void }) => void;

/** Draws SVG into pdfkit's pages, by `Tinos`; throws for what it does not know instead of leaving it out. */
export async function loadSvgDrawer(): Promise<(pages: unknown, svg: string, x: number, y: number) => void> {
  // @ts-expect-error -- a part of pdfmake that has no types; its version is exact in package.json, and test/print/charts.test.ts fails when it moves
  const { default: { default: draw } } = (await import('pdfmake/js/3rd-party/svg-to-pdfkit.js')) as { readonly default: { readonly default: DrawSvg } };
  return (pages, svg, x, y) => draw(pages, svg, x, y, {
    assumePt: true,
    fontCallback: () => 'regular',
    warningCallback: (word) => {
      throw new Error(word);
    },
  });
}
