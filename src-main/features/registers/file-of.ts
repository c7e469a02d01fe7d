import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import { assertNever, fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

/** A table as a file. A PDF is dated by nothing but what it says. */
export async function fileOf({ official }: Pick<DeskContext, 'official'>, table: OfficialTable, format: 'pdf' | 'xlsx' | 'csv', orientation: 'landscape' | 'portrait' = 'landscape'): Promise<Result<Uint8Array>> {
  if (official === undefined) return fail('not-allowed');
  switch (format) {
    case 'pdf':
      return ok(await official.pdf(table, { orientation }));
    case 'xlsx':
      return ok(await official.xlsx(table));
    case 'csv':
      return ok(official.csv(table));
    default:
      return assertNever(format);
  }
}
