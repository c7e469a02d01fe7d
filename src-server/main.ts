import { readFileSync } from 'node:fs';
import type { Command, Io } from './operation/command-line.ts';
import { account } from './operation/commands/account.ts';
import { axisCommand } from './operation/commands/axis.ts';
import { audit, book, migrate, quota, withdraw } from './operation/commands/deeds.ts';
import { organization } from './operation/commands/organization.ts';
import { figuresCommand } from './operation/commands/figures.ts';
import { importCommand, packageCommand } from './operation/commands/packages.ts';
import { release } from './operation/commands/release.ts';
import { serve, serveUsage } from './operation/commands/serve.ts';
import { runTrustList } from './trust-list.ts';

const resources = new URL('../resources/server/', import.meta.url);
const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const usage = `${serveUsage}
Other commands, each with --help:
  config --example      prints a configuration with comments
  migrate               brings the database to this server's schema
  organization import   takes the directory of offices in
  account …             people: add, password, disable, enable, certificate, list
  book …                registers: start, release, show
  quota SIZE            the largest attachment
  withdraw …            takes a document out of a unit's sight
  import FILE…          packages that offices carried here by hand
  package …             the key they are sealed for, stations that were lost
  axis list|retry       messages of the national axis that wait or failed
  figures …             the province's figures: run, changes
  audit export|verify   who did what
  release …             versions of the program: add, stage, withdraw, list
  trust-list FOLDER     the province's trusted certificates
  version
`;

const commands: Readonly<Record<string, Command>> = {
  serve: serve(version), migrate, account, organization, book, quota, withdraw, audit, import: importCommand, package: packageCommand, axis: axisCommand, figures: figuresCommand, release,
  'trust-list': async (argv, io) => runTrustList([...argv], io.out),
  config: async (argv, io) => {
    const known = argv.length === 1 && argv[0] === '--example';
    (known ? io.out : io.err)(known ? readFileSync(new URL('config.example.json', resources), 'utf8') : 'van-thu-server config --example\n');
    return known ? 0 : 2;
  },
  version: async (_, io) => {
    io.out(`${version}\n`);
    return 0;
  },
};

async function main(argv: readonly string[]): Promise<number> {
  const [first = '', ...rest] = argv;
  if (first === '--help' || first === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (command !== undefined) return command(rest, io);
  // options alone mean `serve`, as they always have
  if (first.startsWith('--')) return serve(version)(argv, io);
  process.stderr.write(first === '' ? usage : `Không có lệnh "${first}". / There is no command "${first}".\n\n${usage}`);
  return 2;
}

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  environment: process.env,
  input: async () => {
    if (process.stdin.isTTY) return null;
    let text = '';
    for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
    return text;
  },
  get stopped() {
    return new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
          resolve();
          process.once(signal, () => process.exit(130));
        });
      }
    });
  },
};

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
