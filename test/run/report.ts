/** One test that ended, as the reporter writes it and the runner counts it. */
export type ReportedTest = {
  readonly name: string;
  /** Absolute, or empty for what is no file (types, lint). */
  readonly file: string;
  /** 0 = top level of its file. */
  readonly nesting: number;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped. */
  readonly reason: string;
  readonly message: string;
  readonly durationMs: number;
};

export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

export function tally(tests: readonly ReportedTest[]): Tally {
  const count = (outcome: ReportedTest['outcome']): number => tests.filter((test) => test.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** The closing line, alone on its line: what a CI reads. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
