import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';

/**
 * Passwords of files that were opened in this window, by document (what continues a file has the same one) or by content where there is no document yet.
 * Asked once; in memory alone, gone with the window.
 */
const known = new Map<string, string>();

export function keyOf(document: DocumentId | undefined, content: ContentRef): string {
  return document ?? content.sha256;
}

export function findPassword(key: string): string | null {
  return known.get(key) ?? null;
}

export function rememberPassword(key: string, password: string): void {
  known.set(key, password);
}
