/** The page that was typed, brought into the document; null for what is no whole number. */
export function pageFrom(typed: string, pages: number): number | null {
  const text = typed.trim();
  if (!/^\d{1,9}$/.test(text)) return null;
  return Math.max(1, Math.min(pages, Number(text)));
}
