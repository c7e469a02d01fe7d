import { figureWords } from '../../../src-shared/domain/figures/words.ts';
import type { FigureValue } from '../../../src-shared/domain/figures/report.ts';
import { organizationCode } from '../../../src-shared/domain/ids.ts';
import { vietnamDay } from '../../../src-shared/domain/vietnam-day.ts';
import { changesSinceReport } from '../../features/figures-freeze.ts';
import { runFigures } from '../../features/figures-run.ts';
import { onProvince, whereUsage, wrong, type Command } from '../command-line.ts';

const usage = `van-thu-server figures run
van-thu-server figures changes UNIT MONTH

  run             brings the figures of every unit forward to what is in its feed, and keeps the report of the month that is over; a server does so by itself
  changes         what a month's figures (yyyy-mm) say otherwise than the report that was given up
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
