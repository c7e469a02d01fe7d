import { readFileSync } from 'node:fs';
import { directoryEntry, type DirectoryEntry } from '../../../src-shared/domain/organization.ts';
import { readCsv } from '../../features/csv.ts';
import { onProvince, whereUsage, wrong, type Command } from '../command-line.ts';

const columns = ['code', 'name', 'otherCode', 'parent', 'ceasedOn', 'successors'] as const;
const usage = `van-thu-server organization import FILE.csv

Takes the directory in: new offices are added, others brought up to date, none is removed (an office that ceased stays in history).
FILE is CSV in UTF-8 with these columns, named in its first line: ${columns.join(',')}
  otherCode   the code of the other form, or empty          ceasedOn    its last day (yyyy-mm-dd), or empty
  parent      the office that it belongs to, or empty       successors  codes with spaces between them, or empty
${whereUsage}`;

export const organization: Command = (argv, io) =>
  onProvince(argv, {}, usage, io, async ({ positionals: [what, file, ...more] }, { core: { admin } }) => {
    if (what !== 'import' || file === undefined || more.length > 0) return wrong(usage, io);
    const { entries, faults } = readDirectory(readFileSync(file, 'utf8'));
    if (faults.length > 0) {
      io.err(`${faults.slice(0, 20).join('\n')}\nKhông nhập gì: ${faults.length} dòng sai. / Nothing was imported: ${faults.length} lines are wrong.\n`);
      return 1;
    }
    await admin.putDirectory(entries);
    io.out(`${entries.length}\n`);
    return 0;
  });

/** All of the file, or every line that is wrong. */
export function readDirectory(text: string): { readonly entries: readonly DirectoryEntry[]; readonly faults: readonly string[] } {
  const [head, ...rows] = readCsv(text);
  const names = head?.fields.map((name) => name.trim()) ?? [];
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length > 0) return { entries: [], faults: [`Thiếu cột: ${missing.join(', ')}. / Columns are missing.`] };
  const faults: string[] = [];
  const entries = rows.flatMap(({ line, fields }) => {
    const value = (name: (typeof columns)[number]) => (fields[names.indexOf(name)] ?? '').trim();
    const orNull = (name: (typeof columns)[number]) => (value(name) === '' ? null : value(name));
    const parsed = directoryEntry.safeParse({
      code: value('code'), name: value('name').normalize('NFC'), otherCode: orNull('otherCode'), parent: orNull('parent'), ceasedOn: orNull('ceasedOn'),
      successors: value('successors').split(/\s+/).filter((code) => code !== ''),
    });
    if (parsed.success && fields.length === names.length) return [parsed.data];
    faults.push(`Dòng ${line}: cột ${parsed.success ? `thừa hoặc thiếu (${fields.length})` : String(parsed.error.issues[0]?.path[0])} không hợp lệ. / Line ${line} is not valid.`);
    return [];
  });
  return { entries, faults };
}
