import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { figureWords } from '../../../src-shared/domain/figures/words.ts';
import type { FigureValue } from '../../../src-shared/domain/figures/report.ts';
import { organizationCode } from '../../../src-shared/domain/ids.ts';
import { vietnamDay } from '../../../src-shared/domain/vietnam-day.ts';
import { changesSinceReport } from '../../features/figures-freeze.ts';
import { forgetImport, importColumns, importCounts, importedFigures } from '../../features/figures-import.ts';
import { runFigures } from '../../features/figures-run.ts';
import { onProvince, whereUsage, wrong, type Command } from '../command-line.ts';

const usage = `van-thu-server figures run
van-thu-server figures changes UNIT MONTH
van-thu-server figures import FILE.csv
van-thu-server figures imports
van-thu-server figures forget IMPORT

  run             brings the figures of every unit forward to what is in its feed, and keeps the report of the month that is over; a server does so by itself
  changes         what a month's figures (yyyy-mm) say otherwise than the report that was given up
  import          counts of months before this program, so that curves do not begin at nothing. CSV in UTF-8 with these columns, named in its first line:
                  ${importColumns.join(',')}; month yyyy-mm, figure one of
                  ${importedFigures.join(', ')}
                  all of the file is taken, or nothing; a month that the program has counted itself is refused
  imports, forget which files were taken in; takes all counts of one out again
${whereUsage}`;

export const figuresCommand: Command = (argv, io) =>
  onProvince(argv, {}, usage, io, async ({ positionals: [what, ...rest] }, { storage, node }) => {
    if (what === 'run' && rest.length === 0) {
      const run = await runFigures({ storage, node, now: Date.now, log: () => undefined });
      if (run === null) {
        io.err('Một nút khác đang tính. / Another node is at it.\n');
        return 1;
      }
      io.out(`documents\t${run.documents}\nchanged\t${run.changed}\nunread\t${run.unread}\nreports kept\t${run.frozen}\n`);
      return 0;
    }
    const [name] = rest;
    if (what === 'import' && name !== undefined && rest.length === 1) {
      const { imported, faults } = await importCounts({ storage, now: Date.now }, readFileSync(name, 'utf8'), basename(name));
      if (faults.length > 0) {
        io.err(`${faults.slice(0, 20).join('\n')}\nKhông nhập gì: ${faults.length} dòng sai. / Nothing was imported: ${faults.length} lines are wrong.\n`);
        return 1;
      }
      io.out(`${imported.id}\t${imported.rows}\n`);
      return 0;
    }
    if (what === 'imports' && rest.length === 0) {
      for (const { id, atMs, source, rows } of await storage.read((tx) => tx.figures.imports())) io.out(`${id}\t${new Date(atMs).toISOString()}\t${source}\t${rows}\n`);
      return 0;
    }
    if (what === 'forget' && name !== undefined && rest.length === 1) {
      const gone = await forgetImport({ storage, now: Date.now }, name);
      if (gone === 0) {
        io.err(`Không có lần nhập ${name}. / There is no such import.\n`);
        return 1;
      }
      io.out(`${gone}\n`);
      return 0;
    }
    const unit = organizationCode.safeParse(rest[0]);
    const month = rest[1] ?? '';
    if (what !== 'changes' || !unit.success || rest.length !== 2 || !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) return wrong(usage, io);
    const since = await storage.read((tx) => changesSinceReport(tx, unit.data, month, vietnamDay(Date.now())));
    if (since === null) {
      io.err(`Chưa có báo cáo tháng ${month} của ${unit.data}. / No report of that month was kept.\n`);
      return 1;
    }
    for (const { figure, before, after, documents } of since.changes) io.out(`${since.asOf}\t${figureWords[figure]}\t${plain(before)}\t${plain(after)}\t${documents}\n`);
    return 0;
  });

function plain(value: FigureValue): string {
  if (value.kind === 'share') return `${value.met}/${value.of}`;
  return value.kind === 'time' ? `${value.averageMinutes ?? '-'} ph (${value.n})` : String(value.n);
}
