import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { Translate } from '../../i18n/translate.ts';

/** `15/UBND-VP`; the notation alone before a number is given. */
export function fullNumber(document: Pick<DocumentState, 'number' | 'notation'>, t: Translate): string {
  if (document.number === null) return document.notation ? `…/${document.notation}` : t('list.noNumber');
  return document.notation ? `${document.number}/${document.notation}` : String(document.number);
}

/** The other side of a document, in the words of a list row. */
export function counterpart(document: DocumentState, t: Translate): string {
  if (document.direction === 'incoming') return document.from.name;
  const [first, ...others] = document.recipients;
  if (!first) return document.drafter ? t('list.drafter', { name: document.drafter }) : document.from.name;
  const name = first.organization.name;
  return others.length === 0 ? t('list.to', { name }) : t('list.toMore', { name, count: others.length });
}
