import { useSyncExternalStore } from 'react';
import { folders, type Folder } from '../../src-shared/contract/documents.ts';
import { documentId, type DocumentId } from '../../src-shared/domain/ids.ts';

export const screens = [...folders, 'outbox', 'conflicts', 'problems', 'draft', 'tokens', 'settings'] as const;
export type Screen = Folder | 'outbox' | 'conflicts' | 'problems' | 'draft' | 'tokens' | 'settings';

/** Where the person is: a folder and the document in it; for `draft`, the document being answered; for `conflicts`, the one to choose on. */
export type Route = { readonly screen: Screen; readonly id: DocumentId | null };

/** `#/incoming/<id>`; null for anything else, so that the desk opens on its own first folder. */
export function parseRoute(hash: string): Route | null {
  const [, screen, id] = /^#\/([a-z]+)(?:\/([0-9a-f-]+))?$/.exec(hash) ?? [];
  if (!isScreen(screen)) return null;
  const parsed = documentId.safeParse(id);
  return { screen, id: parsed.success ? parsed.data : null };
}

export function hrefOf(screen: Screen, id: string | null = null): string {
  return id ? `#/${screen}/${id}` : `#/${screen}`;
}

export function goTo(screen: Screen | null, id: string | null = null): void {
  location.hash = screen ? hrefOf(screen, id) : '';
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
