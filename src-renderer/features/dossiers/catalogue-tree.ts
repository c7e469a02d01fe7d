import { FileText, FolderTree } from 'lucide-react';
import type { CatalogueEntry } from '../../../src-shared/domain/records/catalogue.ts';
import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { TreeNode } from '../../ui/tree.tsx';
import { retentionWords } from './dossier-values.ts';

type Branch = { readonly node: Omit<TreeNode, 'children'>; readonly children: Branch[] };

/**
 * The list as NĐ 30/2020 App V lays it out: main headings (I, II), headings within (1, 2), and under each its dossiers. A heading that is counted in figures lies in the main one before it;
 * what comes before the first heading stands at the top.
 */
export function catalogueTree(entries: readonly CatalogueEntry[], opened: readonly DossierView[], t: Translate): readonly TreeNode[] {
  const roots: Branch[] = [];
  let main: Branch | null = null;
  let inner: Branch | null = null;
  for (const entry of entries) {
    const branch: Branch = { node: nodeOf(entry, opened, t), children: [] };
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

function nodeOf(entry: CatalogueEntry, opened: readonly DossierView[], t: Translate): Omit<TreeNode, 'children'> {
  const isOpened = opened.some(({ state }) => state.catalogueCode === entry.code);
  const detail = entry.heading ? '' : [entry.retention === null ? '' : retentionWords(entry.retention, t), isOpened ? t('catalogue.isOpen') : ''].filter(Boolean).join(' · ');
  return { id: entry.code, label: `${entry.code}. ${entry.title}`, icon: entry.heading ? FolderTree : FileText, ...(detail === '' ? {} : { detail }) };
}

function toNode({ node, children }: Branch): TreeNode {
  return children.length === 0 ? node : { ...node, children: children.map(toNode) };
}

/** The list with the entry one place further up or down; as it was where there is no such place. */
export function movedEntry(entries: readonly CatalogueEntry[], code: string, by: -1 | 1): readonly CatalogueEntry[] {
  const at = entries.findIndex((entry) => entry.code === code);
  const entry = entries[at];
  const to = at + by;
  return entry === undefined || to < 0 || to >= entries.length ? entries : entries.toSpliced(at, 1).toSpliced(to, 0, entry);
}

/** Put behind the last one of the heading that it belongs to: that of the chosen entry, else at the end. */
export function withEntry(entries: readonly CatalogueEntry[], entry: CatalogueEntry, behind: string | null): readonly CatalogueEntry[] {
  const at = entries.findIndex((one) => one.code === behind);
  if (at < 0 || entry.heading) return [...entries, entry];
  const next = entries.findIndex((one, index) => index > at && one.heading);
  return entries.toSpliced(next < 0 ? entries.length : next, 0, entry);
}
