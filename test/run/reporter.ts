import type { TestEvent } from 'node:test/reporters';
import type { ReportedTest } from './report.ts';

/** As much of a file's last output as is shown with a failure in it. */
const tailChars = 4000;

/** One JSON object a line for every test that ended, for `run.ts` to count. Suites (`describe`) are no tests. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  // Said only with a failure: what tests and programs print is noise until then
  const output = new Map<string, string>();
  for await (const event of source) {
    if (event.type === 'test:stderr' || event.type === 'test:stdout') {
      output.set(event.data.file ?? '', `${output.get(event.data.file ?? '') ?? ''}${event.data.message}`.slice(-tailChars));
      continue;
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, file, skip, todo, details, nesting } = event.data;
    const failed = event.type === 'test:fail';
    if (details.type === 'suite' && !failed) continue;
    const error = failed ? (details as { readonly error: Error & { readonly cause?: unknown; readonly failureType?: string } }).error : null;
    // A suite or a parent fails when a child does; the child has been counted already
    if (error?.failureType === 'subtestsFailed') continue;
    const line: ReportedTest = {
      name,
      file: file ?? '',
      nesting,
      outcome: skip !== undefined && skip !== false ? 'skipped' : todo !== undefined && todo !== false && failed ? 'skipped' : failed ? 'failed' : 'passed',
      reason: typeof skip === 'string' ? skip : typeof todo === 'string' ? `todo: ${todo}` : '',
      message: error === null ? '' : [describe(error.cause ?? error), output.get(file ?? '') ?? ''].join('\n').trim(),
      durationMs: details.duration_ms ?? 0,
    };
    yield `${JSON.stringify(line)}\n`;
  }
}

function describe(cause: unknown): string {
  if (cause instanceof Error) return cause.stack ?? cause.message;
  if (typeof cause === 'object' && cause !== null && 'stack' in cause && typeof cause.stack === 'string') return cause.stack;
  return String(cause);
}
