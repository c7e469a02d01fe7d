import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../src-shared/result.ts';

/** `many`: a folder or several names were given, so that each answer names its file. */
export type Targets = { readonly files: readonly string[]; readonly many: boolean };

/**
 * The files themselves, and every PDF below each folder in the order that people read names; links are not followed. A name that leads nowhere is left
 * to whoever opens it. Errors: `file.unreadable`, `file.no-pdf`.
 */
export function listTargets(paths: readonly string[]): Result<Targets> {
  const files: string[] = [];
  let folders = 0;
  for (const path of paths) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
      files.push(path);
      continue;
    }
    folders += 1;
    const inside = listPdfs(path);
    if (inside === null) return fail('file.unreadable', { path });
    if (inside.length === 0) return fail('file.no-pdf', { path });
    files.push(...inside);
  }
  return ok({ files: [...new Set(files)], many: folders > 0 || files.length > 1 });
}

function listPdfs(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.pdf$/i.test(entry.name) && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort((a, b) => a.localeCompare(b, 'vi', { numeric: true }));
  } catch {
    // Forbidden, or gone meanwhile: the path is what the person can look at.
    return null;
  }
}
