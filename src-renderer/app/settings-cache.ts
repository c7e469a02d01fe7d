import { defaultSettings, settings, type Settings } from '../../src-shared/contract/settings.ts';

const key = 'van-thu.settings';

/**
 * How the page looked last time, so that the first paint is right before the backend has answered. A copy only; the settings themselves lie in
 * the profile. Nothing of a document is ever put here.
 */
export function readCachedSettings(): Settings {
  try {
    return settings.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data ?? defaultSettings;
  } catch {
    // Storage may be shut off by policy or torn; the defaults are good enough for a moment.
    return defaultSettings;
  }
}

export function cacheSettings(value: Settings): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // As above: the page then begins with the defaults next time.
  }
}
