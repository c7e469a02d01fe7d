import { FileText, FolderTree, type LucideIcon } from 'lucide-react';
import type { CatalogueEntry } from '../../../src-shared/domain/records/catalogue.ts';
import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import type { Translate } from '../../i18n/translate.ts';
import { retentionWords } from './dossier-values.ts';

/** As ui/tree.tsx shows it. */
export type CatalogueNode = { readonly id: string; readonly label: string; readonly icon: LucideIcon; readonly detail?: string; readonly children?: readonly CatalogueNode[] };
type Branch = { readonly node: Omit<CatalogueNode, 'children'>; readonly children: Branch[] };

/**
 * The list as NĐ 30/2020 App V lays it out: main headings (I, II), headings within (1, 2), and under each its dossiers. A heading that is counted in figures lies in the main one before it;
 * what comes before the first heading stands at the top. A node goes by its entry's place in the list: headings within may have one number in two main ones.
 */
export function catalogueTree(entries: readonly CatalogueEntry[], opened: readonly DossierView[], t: Translate): readonly CatalogueNode[] {
  const roots: Branch[] = [];
  let main: Branch | null = null;
  let inner: Branch | null = null;
  for (const [index, entry] of entries.entries()) {
    const branch: Branch = { node: nodeOf(entry, index, opened, t), children: [] };
    if (!entry.heading) ((inner ?? main)?.children ?? roots).push(branch);
    else if (isInner(entry.code) && main !== null) {
      main.children.push(branch);
      inner = branch;
    } else {
      roots.push(branch);
      [main, inner] = [branch, null];
    }
  }
  return roots.map(toNode);
}

function isInner(code: string): boolean {
  return /^\d/.test(code.trim());
}

function nodeOf(entry: CatalogueEntry, index: number, opened: readonly DossierView[], t: Translate): Omit<CatalogueNode, 'children'> {
  const isOpened = !entry.heading && opened.some(({ state }) => state.catalogueCode === entry.code);
  const detail = entry.heading ? '' : [entry.retention === null ? '' : retentionWords(entry.retention, t), isOpened ? t('catalogue.isOpen') : ''].filter(Boolean).join(' · ');
  return { id: String(index), label: `${entry.code}. ${entry.title}`, icon: entry.heading ? FolderTree : FileText, ...(detail === '' ? {} : { detail }) };
}

function toNode({ node, children }: Branch): CatalogueNode {
  return children.length === 0 ? node : { ...node, children: children.map(toNode) };
}

/** The list with one entry `by` places further; as it was where there is no such place. */
export function movedEntry(entries: readonly CatalogueEntry[], at: number, by: -1 | 1): readonly CatalogueEntry[] {
  const entry = entries[at];
  const to = at + by;
  return entry === undefined || to < 0 || to >= entries.length ? entries : entries.toSpliced(at, 1).toSpliced(to, 0, entry);
}

/** Where a new one goes: a dossier behind the last of the heading that the chosen one is or lies in, else at the end. */
export function placeForEntry(entries: readonly CatalogueEntry[], heading: boolean, chosen: number | null): number {
  if (heading || chosen === null) return entries.length;
  const next = entries.findIndex((one, index) => index > chosen && one.heading);
  return next < 0 ? entries.length : next;
}
