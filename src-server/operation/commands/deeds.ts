import { bookId, documentId, organizationCode } from '../../../src-shared/domain/ids.ts';
import { goneReason } from '../../../src-shared/protocol/wire.ts';
import { runAudit } from '../../features/audit-command.ts';
import { findConfig, onProvince, parse, whereUsage, wrong, type Command } from '../command-line.ts';

const migrateUsage = `van-thu-server migrate

Brings the database to this server's schema, and says from where. A server does so by itself when it starts; nodes that start at once wait for each other.
${whereUsage}`;

export const migrate: Command = async (argv, io) => {
  const parsed = parse(argv, {}, migrateUsage, io);
  if (typeof parsed === 'number') return parsed;
  const config = findConfig(parsed, migrateUsage, io);
  if (typeof config === 'number') return config;
  const { storage, password } = config;
  if (storage.kind === 'sqlite') return onProvince(argv, {}, migrateUsage, io, async () => 0);
  const { migratePostgres } = await import('../../storage/postgres/storage.ts');
  const { applied } = await migratePostgres({ url: storage.url, ...(password === null ? {} : { password }) });
  io.out(applied.length === 0 ? 'nothing to do\n' : `applied ${applied.join(' ')}\n`);
  return 0;
};

const bookUsage = `van-thu-server book start BOOK NUMBER     where a book that nobody has held yet begins
van-thu-server book release BOOK          takes it from its holder: unused numbers of the lease become void, the next holder starts after them
van-thu-server book show BOOK             every number given out or void

BOOK is <unit>/<year>/<register>, e.g. H48.60.12/2026/cong-van-di
${whereUsage}`;

export const book: Command = (argv, io) =>
  onProvince(argv, {}, bookUsage, io, async ({ positionals: [what, name, number] }, { core: { admin } }) => {
    const id = bookId.safeParse(name);
    if (!id.success) return wrong(bookUsage, io);
    if (what === 'release') await admin.releaseBook(id.data);
    else if (what === 'start' && Number.isSafeInteger(Number(number)) && Number(number) >= 1) await admin.setBookStart(id.data, Number(number));
    else if (what === 'show') for (const each of await admin.readBook(id.data)) io.out(`${each.number}\t${each.epoch}\t${each.document ?? 'void'}\n`);
    else return wrong(bookUsage, io);
    return 0;
  });

const quotaUsage = `van-thu-server quota SIZE [--unit CODE]

The largest attachment: of one unit, or of every unit that has no quota of its own. SIZE is in bytes, or with MB or GB: 500MB, 2GB.
${whereUsage}`;

export const quota: Command = (argv, io) =>
  onProvince(argv, { unit: { type: 'string' } }, quotaUsage, io, async ({ values, positionals: [size] }, { core: { admin } }) => {
    const match = /^(\d{1,15})(MB|GB|)$/.exec(size ?? '');
    const unit = values['unit'] === undefined ? null : organizationCode.safeParse(values['unit']);
    if (match === null || unit?.success === false) return wrong(quotaUsage, io);
    await admin.setQuota(unit?.data ?? null, Number(match[1]) * (match[2] === 'GB' ? 2 ** 30 : match[2] === 'MB' ? 2 ** 20 : 1));
    return 0;
  });

const withdrawUsage = `van-thu-server withdraw UNIT DOCUMENT [--reason withdrawn|scope]

Takes a document out of a unit's sight at its next sync. Its log stays on the server.
  --reason WHY    withdrawn (the default): its sender took it back; scope: it is not this unit's to see
${whereUsage}`;

export const withdraw: Command = (argv, io) =>
  onProvince(argv, { reason: { type: 'string' } }, withdrawUsage, io, async ({ values, positionals: [unit, document] }, { core: { admin } }) => {
    const [code, id, reason] = [organizationCode.safeParse(unit), documentId.safeParse(document), goneReason.safeParse(values['reason'] ?? 'withdrawn')];
    if (!code.success || !id.success || !reason.success) return wrong(withdrawUsage, io);
    if (await admin.withdraw(code.data, id.data, reason.data)) return 0;
    io.err('Không có văn bản ấy ở đơn vị này, hoặc đã thu hồi rồi. / It is not there, or gone already.\n');
    return 1;
  });

/** `verify` needs no storage; `export` does. */
export const audit: Command = async (argv, io) => {
  if (argv[0] !== 'export') return runAudit(argv, io.out);
  const own = ['config', 'dir'];
  const rest = argv.filter((each, at) => !own.some((name) => each === `--${name}` || each.startsWith(`--${name}=`) || argv[at - 1] === `--${name}`));
  if (argv.includes('--help')) return runAudit(argv, io.out);
  return onProvince(argv, { after: { type: 'string' } }, `van-thu-server audit export [--after NUMBER]\n${whereUsage}`, io, (_, { storage }) =>
    runAudit(rest, io.out, {
      read: async function* (after) {
        for (let at = after; ; ) {
          const lines = await storage.read((tx) => tx.audit.read(at, 1000));
          yield* lines;
          const last = lines.at(-1);
          if (last === undefined) return;
          at = last.seq;
        }
      },
    }));
};
