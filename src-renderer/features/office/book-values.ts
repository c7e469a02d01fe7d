import { documentKinds, type DocumentKind } from '../../../src-shared/domain/document.ts';
import { fold } from '../../../src-shared/domain/fold.ts';
import { withOwnBook, type BookRule } from '../../../src-shared/domain/numbering.ts';
import type { Translate } from '../../i18n/translate.ts';

export const kindsOfBooks = [...(Object.keys(documentKinds) as DocumentKind[]), 'copy'] as const;

export function kindName(kind: string, t: Translate): string {
  return Object.hasOwn(documentKinds, kind) ? documentKinds[kind as DocumentKind].name : t('books.copies');
}

/** The last part of a book's id, of its name: `Sổ quyết định` → `so-quyet-dinh`; another number behind it where one has it already. */
export function slugOf(name: string, taken: readonly string[]): string {
  const plain = fold(name).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 36).replace(/-+$/, '') || 'so';
  for (let count = 1; ; count++) {
    const slug = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.includes(slug)) return slug;
  }
}

/** The rules with this book changed, or added; types that it gives up go back to the book of all others. */
export function withBook(rules: readonly BookRule[], { slug, name, kinds }: BookRule): readonly BookRule[] {
  if (kinds === null) return rules.map((rule) => (rule.slug === slug ? { ...rule, name } : rule));
  return withOwnBook(rules, { slug, name, kinds });
}

/** Without this book; what it held takes its numbers where all others do. */
export function withoutBook(rules: readonly BookRule[], slug: string): readonly BookRule[] {
  return rules.filter((rule) => rule.slug !== slug);
}
