import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { findComputedImports, findImports } from './imports.ts';
import type { Wall } from './walls.ts';

export type Violation = { readonly file: string; readonly line: number; readonly what: string };

/** Walks every source file under `folders` of `root` and says where an import goes through a wall. */
export function findViolations(root: string, folders: readonly string[], walls: Readonly<Record<string, Wall>>): readonly Violation[] {
  return listSources(root, folders).flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const room = findRoom(file, walls);
    if (room === null) return [{ file, line: 1, what: 'is in no room: give its folder a wall in test/rooms/walls.ts' }];
    const computed = findComputedImports(source).map((line) => ({ file, line, what: 'imports a module that is computed, so no wall can hold it' }));
    const crossed = findImports(source).flatMap(({ specifier, line }) => {
      const what = judge(file, room, specifier, walls);
      return what === null ? [] : [{ file, line, what }];
    });
    return [...computed, ...crossed];
  });
}

export function listSources(root: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      // a test beside what it tests may use what it likes
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
}

function judge(file: string, room: string, specifier: string, walls: Readonly<Record<string, Wall>>): string | null {
  const wall = walls[room];
  if (wall === undefined) return `room ${room} has no wall`;
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const target = posix.join(dirname(file).replaceAll('\\', '/'), specifier);
    if (target.startsWith('..') || specifier.startsWith('/')) return `${specifier} leaves the project`;
    const targetRoom = findRoom(target, walls);
    if (targetRoom === room) return null;
    if (targetRoom === null) return target.includes('/') ? `${room} may not import ${target}, which is in no room` : null;
    return wall.rooms.includes(targetRoom) ? null : `${room} may not import ${targetRoom} (${specifier})`;
  }
  const name = packageName(specifier);
  return wall.packages.includes(name) ? null : `${room} may not import ${specifier}`;
}

/** The longest folder of the table that holds the file. */
function findRoom(file: string, walls: Readonly<Record<string, Wall>>): string | null {
  const holding = Object.keys(walls).filter((room) => file.startsWith(`${room}/`));
  return holding.sort((a, b) => b.length - a.length)[0] ?? null;
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:';
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
