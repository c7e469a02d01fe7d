/** What is drawn, and nothing of how: whoever shows it also shows `labels` and `values` as a table, which is what a screen reader reads. */
export type Chart = {
  readonly kind: 'bars' | 'lines';
  /** What a value is; `percent` 0–100. */
  readonly unit: 'count' | 'percent' | 'hours';
  /** Months, units, people: in the order in which they stand. */
  readonly labels: readonly string[];
  /** Null: nothing was counted there, which is not zero. At most `mostSeries`: more cannot be told apart. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** A line across: what is aimed at. */
  readonly aim?: { readonly name: string; readonly value: number };
};

export const mostSeries = 4;

/** Colours as SVG takes them (`#1d4f91`, `var(--chart-1)`); `series` has `mostSeries` of them. */
export type ChartColours = { readonly ink: string; readonly quiet: string; readonly line: string; readonly ground: string; readonly aim: string; readonly series: readonly string[] };

/** For paper: dark blue, orange, green and purple of Okabe and Ito's set for colour-blind eyes, darkened until each stands 3:1 on white (WCAG 1.4.11). */
export const paperColours: ChartColours = { ink: '#1c2530', quiet: '#55606e', line: '#d3ccbe', ground: '#ffffff', aim: '#a61b2b', series: ['#1d4f91', '#b35900', '#00775a', '#8a3d78'] };
