import { findConfig, parse, whereUsage, wrong, type Command, type Io, type Parsed } from '../command-line.ts';
import { addRelease } from '../../features/updates-add.ts';
import { openReleaseFolder, readEntries, signedNameOf, writeEntries, type ReleaseEntry, type UpdateSettings } from '../../features/updates-folder.ts';

const usage = `van-thu-server release add FILE.exe --version V --channel latest|beta [--minimum V] [--percent N] [--unit CODE]… [--signed FILE.json]
van-thu-server release stage FILE.exe [--percent N] [--unit CODE… | --everybody]
van-thu-server release withdraw FILE.exe
van-thu-server release list

Versions of the program that this server gives to desks (section "updates" of the configuration).
  add        checks the file's size and SHA-512 and the publisher's signature (FILE.exe.release.json beside it, or --signed) and puts it in
             the folder, with FILE.exe.blockmap where there is one. Signs nothing. Version, channel and minimum must be those that were signed.
  stage      gives it to more, or fewer, from now on
  withdraw   gives it to nobody any more; what is installed stays. "stage" gives it again
  --percent  of the stations, by a lot that stays the same; by default 100
  --unit     only to this office and all below it; may be given several times
${whereUsage}`;

const options = {
  version: { type: 'string' }, channel: { type: 'string' }, minimum: { type: 'string' }, percent: { type: 'string' }, signed: { type: 'string' },
  unit: { type: 'string', multiple: true }, everybody: { type: 'boolean' },
} as const;

/** Works on the folder alone: no database is opened, and the nodes that share the folder see what changed when they are next asked. */
export const release: Command = async (argv, io) => {
  const parsed = parse(argv, options, usage, io);
  if (typeof parsed === 'number') return parsed;
  const config = findConfig(parsed, usage, io);
  if (typeof config === 'number') return config;
  if (config.updates === undefined) return wrong('Cấu hình chưa có mục "updates". / The configuration has no section "updates".\n', io);
  const [what, file, ...more] = parsed.positionals;
  const percent = Number(text(parsed, 'percent') ?? 100);
  if (more.length > 0 || !(percent >= 0 && percent <= 100)) return wrong(usage, io);
  const settings: UpdateSettings = { dir: config.updates.dir, keysFile: config.updates.keys };
  if (what === 'list' && file === undefined) return list(settings, io);
  if (file === undefined) return wrong(usage, io);
  if (what === 'add') return add(settings, file, percent, parsed, io);
  const units = unitsOf(parsed);
  if (what === 'stage') return change(settings, file, io, (entry) => ({ ...entry, withdrawn: false, ...(text(parsed, 'percent') === null ? {} : { percent }), ...(units !== null ? { units: [...units] } : parsed.values['everybody'] === true ? { units: null } : {}) }));
  if (what === 'withdraw') return change(settings, file, io, (entry) => ({ ...entry, withdrawn: true }));
  return wrong(usage, io);
};

async function add(settings: UpdateSettings, file: string, percent: number, parsed: Parsed, io: Io): Promise<number> {
  const [version, channel] = [text(parsed, 'version'), text(parsed, 'channel')];
  if (version === null || channel === null) return wrong(usage, io);
  const fault = await addRelease(settings, { file, signedFile: text(parsed, 'signed') ?? signedNameOf(file), version, channel, minimum: text(parsed, 'minimum'), percent, units: unitsOf(parsed), now: new Date() });
  if (fault === null) return 0;
  io.err(`Không nhận bản phát hành; thư mục vẫn như cũ. / Not taken; the folder is as it was.\n${fault}\n`);
  return 1;
}

function change({ dir }: UpdateSettings, file: string, io: Io, to: (entry: ReleaseEntry) => ReleaseEntry): number {
  const entries = readEntries(dir);
  if (typeof entries === 'string' || !entries.some((each) => each.file === file)) {
    io.err(typeof entries === 'string' ? `${entries}\n` : `Không có bản phát hành "${file}". / There is no release "${file}".\n`);
    return 1;
  }
  writeEntries(dir, entries.map((each) => (each.file === file ? to(each) : each)));
  return 0;
}

function list(settings: UpdateSettings, io: Io): number {
  const entries = readEntries(settings.dir);
  if (typeof entries === 'string') {
    io.err(`${entries}\n`);
    return 1;
  }
  const faults: string[] = [];
  const served = openReleaseFolder({ ...settings, log: (_, message, fields) => void faults.push(`${String(fields?.['file'] ?? '')}: ${message} (${String(fields?.['reason'] ?? '')})`) }).releases();
  for (const { file, percent, units, withdrawn } of entries) {
    const manifest = served.find((each) => each.file === file)?.manifest;
    io.out(`${file}  ${manifest === undefined ? '–' : `${manifest.version} ${manifest.channel} ${manifest.platform} minimum ${manifest.minimum ?? '–'}`}  ${percent} %  ${units?.join(',') ?? '*'}${withdrawn ? '  (thu hồi / withdrawn)' : ''}\n`);
  }
  for (const fault of faults) io.err(`${fault}\n`);
  return faults.length === 0 ? 0 : 1;
}

function text({ values }: Parsed, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

function unitsOf({ values }: Parsed): readonly string[] | null {
  const given: unknown = values['unit'];
  return Array.isArray(given) && given.length > 0 ? given.map(String) : null;
}
