import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '../../src-shared/errors.ts';
import type { PackageHeader } from '../../src-shared/protocol/package.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import { uuidv7 } from '../backend/uuid.ts';
import { askServer, endAtServer } from '../office/ask-server.ts';
import { findProfile } from '../office/profile.ts';
import { readServerAddress } from '../office/server-address.ts';
import { createPackageLine } from '../packages/line.ts';
import { carryPackage, createPackages, headBytes, readPackageHeader } from '../packages/packages.ts';
import { openProfileStore } from '../store/open.ts';
import type { PackageCommand } from './package-arguments.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';
import { writeParts } from './write-output.ts';

type OptionsOf<N extends PackageCommand['name']> = Extract<PackageCommand, { readonly name: N; readonly options: unknown }>['options'];

export async function makePackage({ profile: dir, keyVariable, out, whole }: OptionsOf<'package make'>, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  const key = takeVariable(env, keyVariable);
  if (key === null || !/^[0-9a-f]{64}$/i.test(key)) return refuse(terminal, { code: 'cli.usage', params: { what: `--key-env ${keyVariable}` } });
  const profile = findProfile(dir);
  if (!profile.ok) return refuse(terminal, profile.error);
  if (profile.value === null) return refuse(terminal, { code: 'file.unreadable', params: { path: join(dir, 'office.json') } });
  const { person, role, unit, serverUrl } = profile.value;
  const store = openProfileStore({ dir: join(dir, 'desk'), key: Buffer.from(key, 'hex') });
  if (!store.ok) return refuse(terminal, store.error);
  try {
    const { desk, blobs } = store.value;
    const packages = createPackages({
      desk, blobs, me: person, role, unit, station: desk.getSetting('station') ?? '', now: () => new Date(), newId: uuidv7, line: createPackageLine({ serverUrl, token: () => null }),
    });
    const made = packages.make({ whole });
    if (!made.ok) return refuse(terminal, made.error);
    const target = (await isFolder(out)) ? join(out, made.value.fileName) : out;
    const written = await writeParts(partsOf(made.value.next), target);
    if (!written.ok) return refuse(terminal, written.error);
    terminal.out(JSON.stringify({ out: target, sizeBytes: made.value.sizeBytes, ...outside(made.value.header) }));
    return 0;
  } finally {
    store.value.close();
  }
}

export async function showPackage({ file, json }: OptionsOf<'package show'>, terminal: Terminal): Promise<ExitCode> {
  const header = await readHeader(file);
  if (!header.ok) return refuse(terminal, header.error);
  const { unit, fullName, signer, madeAt, commands, contents, contentBytes } = header.value;
  terminal.out(json
    ? JSON.stringify(outside(header.value))
    : `${unit.name} (${unit.code}), ${fullName}, ${madeAt}\n${signer}\n${commands} việc · actions, ${contents} tệp · files, ${contentBytes} byte`);
  return 0;
}

export async function carry({ file, server, user, passwordVariable, json }: OptionsOf<'package carry'>, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  const password = takeVariable(env, passwordVariable);
  if (password === null) return refuse(terminal, { code: 'cli.usage', params: { what: `--password-env ${passwordVariable}` } });
  const serverUrl = readServerAddress(server);
  if (!serverUrl.ok) return refuse(terminal, serverUrl.error);
  const header = await readHeader(file);
  if (!header.ok) return refuse(terminal, header.error);
  const session = await askServer({ serverUrl: serverUrl.value, user, password });
  if (!session.ok) return refuse(terminal, session.error);
  try {
    const answers = await sendFile(file, createPackageLine({ serverUrl: serverUrl.value, token: () => session.value.token }));
    if (!answers.ok) return refuse(terminal, answers.error);
    tell(header.value, answers.value, json, terminal);
    return answers.value.every(({ status }) => status === 'applied') ? 0 : 1;
  } finally {
    await endAtServer(serverUrl.value, session.value.token);
  }
}

const pieceBytes = 256 * 1024;

async function sendFile(file: string, line: ReturnType<typeof createPackageLine>): Promise<Result<readonly CommandAnswer[]>> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const read = async (at: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    const carriage = await carryPackage(line, await read(0, headBytes));
    if (!carriage.ok) return carriage;
    while (carriage.value.offset() < size) {
      const sent = await carriage.value.send(await read(carriage.value.offset(), pieceBytes));
      if (!sent.ok) return sent;
    }
    return await carriage.value.finish();
  } finally {
    await handle.close();
  }
}

function tell(header: PackageHeader, answers: readonly CommandAnswer[], json: boolean, terminal: Terminal): void {
  if (json) {
    terminal.out(JSON.stringify({ ...outside(header), answers }));
    return;
  }
  terminal.out(`${answers.filter(({ status }) => status === 'applied').length}/${answers.length} việc đã có hiệu lực · actions have their effect`);
  for (const answer of answers) {
    if (answer.status === 'rejected') terminal.out(`  ${answer.id}: ${answer.error.code}: ${describeError(answer.error, terminal.locale)}`);
    else if (answer.status !== 'applied') terminal.out(`  ${answer.id}: ${answer.status}`);
  }
}

function outside({ id, unit, fullName, station, signer, madeAt, commands, contents, contentBytes }: PackageHeader) {
  return { package: id, unit: unit.code, person: fullName, station, signer, madeAt, commands, contents, contentBytes };
}

async function readHeader(file: string): Promise<Result<PackageHeader>> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return { ok: false, error: { code: 'file.unreadable', params: { path: file } } };
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const header = readPackageHeader(buffer.subarray(0, bytesRead));
    return header.ok ? ok(header.value) : header;
  } finally {
    await handle.close();
  }
}

function* partsOf(next: () => Uint8Array | null): Generator<Uint8Array> {
  for (let part = next(); part !== null; part = next()) yield part;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}

/** Taken out of the environment: nothing that is started from here inherits it. */
function takeVariable(env: NodeJS.ProcessEnv, name: string): string | null {
  const value = env[name];
  delete env[name];
  return value === undefined || value === '' ? null : value;
}
