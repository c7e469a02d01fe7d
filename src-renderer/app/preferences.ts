/** Small habits of this screen (language, theme), kept by the browser where it lets us; never anything of a document. */
export type PreferenceName = 'locale' | 'theme';

export function readPreference(name: PreferenceName): string | null {
  try {
    return localStorage.getItem(`van-thu.${name}`);
  } catch {
    // Storage may be shut off by policy; the default is good enough.
    return null;
  }
}

export function writePreference(name: PreferenceName, value: string): void {
  try {
    localStorage.setItem(`van-thu.${name}`, value);
  } catch {
    // As above: the choice then lasts as long as the window.
  }
}
