/** `Ctrl+K`, `Ctrl+Enter`, `Alt+1`, `F1`. A single letter only for those who asked for it in the settings. */
export type Chord = `${'Ctrl' | 'Alt'}+${string}` | `F${number}` | 'Delete';
/** One letter, alone. */
export type Letter = 'j' | 'k';
