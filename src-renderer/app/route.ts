import { useSyncExternalStore } from 'react';
import { folders, type Folder } from '../../src-shared/contract/documents.ts';
import type { Relation } from '../../src-shared/domain/document.ts';
import { documentId, type DocumentId } from '../../src-shared/domain/ids.ts';

export const screens = [...folders, 'registers', 'dossiers', 'figures', 'outbox', 'conflicts', 'problems', 'draft', 'paper', 'office', 'tokens', 'settings'] as const;
export type Screen = Folder | 'registers' | 'dossiers' | 'figures' | 'outbox' | 'conflicts' | 'problems' | 'draft' | 'paper' | 'office' | 'tokens' | 'settings';

/** Where the person is: a folder and the document in it; for `draft`, the document being answered; for `conflicts`, the one to choose on. `relation`: a draft that is to come in that document's place, or to put it right. */
export type Route = { readonly screen: Screen; readonly id: DocumentId | null; readonly relation?: Relation['type']; /** For `figures`: which days, and what is looked at of them (features/figures/place.ts). */ readonly place?: string };

/** `#/incoming/<id>`; null for anything else, so that the desk opens on its own first folder. */
export function parseRoute(hash: string): Route | null {
  const [, place] = /^#\/figures\/(.+)$/.exec(hash) ?? [];
  if (place !== undefined) return { screen: 'figures', id: null, place };
  const [, screen, id, relation] = /^#\/([a-z]+)(?:\/([0-9a-f-]+)(?:\/(replaces|corrects))?)?$/.exec(hash) ?? [];
  if (!isScreen(screen)) return null;
  const parsed = documentId.safeParse(id);
  return { screen, id: parsed.success ? parsed.data : null, ...(parsed.success && (relation === 'replaces' || relation === 'corrects') ? { relation } : {}) };
}

export function hrefOf(screen: Screen, id: string | null = null): string {
  return id ? `#/${screen}/${id}` : `#/${screen}`;
}

export function goTo(screen: Screen | null, id: string | null = null): void {
  location.hash = screen ? hrefOf(screen, id) : '';
}

/** A draft that replaces or corrects this document (NĐ 30/2020 Art 18.3). */
export function goToRelated(id: DocumentId, relation: Relation['type']): void {
  location.hash = `${hrefOf('draft', id)}/${relation}`;
}

/** The same with a step in the history (`goTo`) or without one. */
export function goToFigures(place: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const hash = `#/figures/${place}`;
  if (!replace) location.hash = hash;
  else if (location.hash !== hash) {
    history.replaceState(null, '', hash);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

/** Follows the choice in a list without leaving a step in the history for every row passed. */
export function replaceRoute(screen: Screen, id: string): void {
  if (location.hash === hrefOf(screen, id)) return;
  history.replaceState(null, '', hrefOf(screen, id));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useRoute(first: Screen): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return parseRoute(hash) ?? { screen: first, id: null };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function isScreen(name: string | undefined): name is Screen {
  return (screens as readonly (string | undefined)[]).includes(name);
}
