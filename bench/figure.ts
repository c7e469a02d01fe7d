/** `against` names the figure of the same run that a ratio is taken against. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: 'ms' | 's' | 'n' | 'B' | 'kB' | 'MB' | '×' | '/s'; readonly against?: string; readonly aim?: number };

/** What is measured together. `wanted`: figures that nobody asked for may be left out. */
export type Subject = { readonly names: readonly string[]; readonly run: (folder: string, wanted: RegExp) => readonly Figure[] };
