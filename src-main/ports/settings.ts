import type { Settings } from '../../src-shared/contract/settings.ts';

/** How this person wants the program to look on this machine. Holds nothing of a document, and is there before anyone signs in. */
export type SettingsPort = {
  readonly read: () => Settings;
  /** Only what is given changes; on disk when it returns. */
  readonly write: (patch: { readonly [K in keyof Settings]?: Settings[K] | undefined }) => Settings;
  readonly onChange: (listener: (settings: Settings) => void) => () => void;
};
