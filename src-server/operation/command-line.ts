import { parseArgs, type ParseArgsConfig } from 'node:util';
import { parseConfig, readConfig, type Environment, type ServerConfig } from './config.ts';
import { openProvince, type ServerOptions } from '../server.ts';

/** What a command does with the world; tests give their own. */
export type Io = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly environment: Environment;
  /** All of the standard input, or null where a person sits before it. */
  readonly input: () => Promise<string | null>;
  readonly stopped: Promise<unknown>;
};
/** Answers the exit code: 0 done, 1 it could not be done, 2 wrong usage or configuration. */
export type Command = (argv: readonly string[], io: Io) => Promise<number>;

export const whereUsage = `  --config FILE   the configuration (see "van-thu-server config --example"), or
  --dir DIR       one machine: database and content lie here
  --help          this text
`;
const where = { config: { type: 'string' }, dir: { type: 'string' }, help: { type: 'boolean' } } as const satisfies ParseArgsConfig['options'];

export type Parsed = { readonly values: Readonly<Record<string, string | boolean | undefined>>; readonly positionals: readonly string[] };

/** The arguments, or the exit code where there is nothing more to do. */
export function parse(argv: readonly string[], options: ParseArgsConfig['options'], usage: string, io: Io): Parsed | number {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { ...where, ...options } });
    if (values['help'] === true) {
      io.out(usage);
      return 0;
    }
    return { values: values as Parsed['values'], positionals };
  } catch (error) {
    return wrong(`${(error as Error).message}\n\n${usage}`, io);
  }
}

export function wrong(text: string, io: Io): number {
  io.err(text);
  return 2;
}

/** The configuration of `--config`, or the one that `--dir` stands for; else the exit code. */
export function findConfig({ values }: Parsed, usage: string, io: Io): ServerConfig | number {
  const { config: file, dir } = values;
  if (typeof file !== 'string' && typeof dir !== 'string') return wrong(usage, io);
  const read = typeof file === 'string' ? readConfig(file, io.environment) : parseConfig(JSON.stringify({ dir }), io.environment);
  if (!read.ok) return wrong(`${read.faults.join('\n')}\n`, io);
  return typeof file === 'string' && typeof dir === 'string' ? { ...read.config, dir } : read.config;
}

export function serverOptions(config: ServerConfig): Pick<ServerOptions, 'dir' | 'contentDir' | 'trustDir' | 'updates' | 'storage' | 'publicHosts' | 'axis' | 'figures'> {
  const { dir, contentDir, trustDir, updates, storage, publicHosts, password, axis, figures } = config;
  return {
    dir, publicHosts, figures: { readers: figures.readers, publicFeed: figures.publicFeed }, ...(axis === null ? {} : { axis }), ...(contentDir === undefined ? {} : { contentDir }), ...(trustDir === undefined ? {} : { trustDir }), ...(updates === undefined ? {} : { updates: { dir: updates.dir, keysFile: updates.keys } }),
    storage: storage.kind === 'sqlite' ? storage : { ...storage, ...(password === null ? {} : { password }) },
  };
}

/** Opens what the configuration names, works on it, closes it. A refusal of the office's own rules is said and is exit code 1. */
export async function onProvince(argv: readonly string[], options: ParseArgsConfig['options'], usage: string, io: Io, work: (parsed: Parsed, province: Awaited<ReturnType<typeof openProvince>>) => Promise<number>): Promise<number> {
  const parsed = parse(argv, options, usage, io);
  if (typeof parsed === 'number') return parsed;
  const config = findConfig(parsed, usage, io);
  if (typeof config === 'number') return config;
  const province = await openProvince(serverOptions(config));
  try {
    return await work(parsed, province);
  } catch (error) {
    io.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await province.core.close();
    await province.storage.close();
  }
}

/** Never from the command line, where every user of the machine could read it. */
export async function readPassword(io: Io): Promise<string | null> {
  const given = io.environment['VAN_THU_PASSWORD'] ?? (await io.input());
  const password = given?.replace(/\r?\n$/, '') ?? '';
  if (password.length >= 10) return password;
  io.err('Mật khẩu lấy từ đầu vào chuẩn hoặc biến VAN_THU_PASSWORD, ít nhất 10 ký tự. / The password comes from standard input or VAN_THU_PASSWORD, at least 10 characters.\n');
  return null;
}
