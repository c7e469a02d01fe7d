import { readFileSync, renameSync } from 'node:fs';
import { defaultSettings, settings, type Settings } from '../../../src-shared/contract/settings.ts';
import type { SettingsPort } from '../../ports/settings.ts';
import { writeWhole } from './write-whole.ts';

/**
 * The settings as one JSON file. Read once; a file that is torn or is something else gives the defaults and is kept as `.bad` for whoever
 * looks into it, and one part that makes no sense costs that part alone.
 */
export function openSettings(file: string): SettingsPort {
  const listeners = new Set<(settings: Settings) => void>();
  let present = readSettings(file);
  return {
    read: () => present,
    write: (patch) => {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const next = settings.parse({ ...present, ...given });
      writeWhole(file, `${JSON.stringify(next, null, 2)}\n`);
      present = next;
      for (const listener of listeners) listener(present);
      return present;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readSettings(file: string): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return defaultSettings;
    throw error;
  }
  const parsed = settings.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  renameSync(file, `${file}.bad`);
  return defaultSettings;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
