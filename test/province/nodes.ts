import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '../../src-shared/domain/document.ts';
import { pushResponse, type CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { openProvince } from '../../src-server/server.ts';
import { commune, department, password, people, personOf, province, type Who } from '../server/office.ts';
import { postgresSkip, startPostgres, type Cluster } from '../support/postgres.ts';

export const skip = { skip: postgresSkip };

let running: Promise<Cluster> | null = null;
export const cluster = (): Promise<Cluster> => (running ??= startPostgres());
after(async () => (await running)?.close());

export type Node = { readonly url: string; readonly child: ChildProcess; readonly exit: Promise<[number | null, NodeJS.Signals | null]>; readonly errors: () => readonly string[] };
export type Province = { readonly url: string; readonly dir: string; readonly startNode: (name: string, port?: number) => Promise<Node> };

/** One database, one folder of content, three offices with their people; nodes are processes of their own, with the configuration file that an administrator would write. */
export async function openProvinceOf(t: TestContext, own?: Cluster): Promise<Province> {
  const database = await (own ?? (await cluster())).newDatabase();
  const dir = mkdtempSync(path.join(tmpdir(), 'van-thu-province-'));
  const content = path.join(dir, 'content');
  mkdirSync(content);
  const nodes = new Set<Node>();
  t.after(async () => {
    for (const node of nodes) {
      node.child.kill('SIGKILL');
      await node.exit;
    }
    rmSync(dir, { recursive: true, force: true });
  });
  const storage = { kind: 'postgres', url: database } as const;
  const office = await openProvince({ dir, contentDir: content, storage });
  for (const each of [province, commune, department]) await office.core.admin.addOrganization(each);
  for (const [who, { user, unit, role }] of Object.entries(people)) await office.core.admin.addPerson({ person: personOf(who as Who), user, password, unit: unit.code, role });
  await office.core.close();
  await office.storage.close();

  const startNode = async (name: string, port = 0): Promise<Node> => {
    const config = path.join(dir, `${name}.json`);
    const secret = new URL(database).password;
    writeFileSync(config, JSON.stringify({ dir: path.join(dir, name), contentDir: content, node: name, listen: { port }, stop: { drainSeconds: 1, deadlineSeconds: 10 }, storage: { kind: 'postgres', url: database.replace(`:${secret}@`, '@') } }));
    const child = spawn(process.execPath, ['src-server/main.ts', 'serve', '--config', config], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, VAN_THU_DATABASE_PASSWORD: secret } });
    const exit = once(child, 'exit') as Node['exit'];
    const errors: string[] = [];
    const lines = createInterface(child.stdout);
    const url = await new Promise<string>((resolve, reject) => {
      lines.on('line', (line) => {
        const entry = JSON.parse(line) as { level: string; message: string; url?: string };
        if (entry.message === 'listening' && entry.url !== undefined) resolve(entry.url);
        if (entry.level === 'error') errors.push(line);
      });
      void exit.then(() => reject(new Error(`${name} ended before it listened`)));
    });
    const node: Node = { url, child, exit, errors: () => errors };
    nodes.add(node);
    return node;
  };
  return { url: database, dir, startNode };
}

export async function tokenOf(url: string, who: Who): Promise<string> {
  const response = await fetch(`${url}/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: people[who].user, password }) });
  return ((await response.json()) as { token: string }).token;
}

/** Until it is so: bounded, looked at again and again. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let left = 800; left > 0; left--) {
    if (await holds()) return;
    await pause(25);
  }
  throw new Error(`never: ${what}`);
}

export type Pushed = { readonly answers: readonly CommandAnswer[] } | { readonly status: number; readonly retryAfter: string | null } | 'no line';

export async function tryPush(url: string, token: string, commands: readonly Command[]): Promise<Pushed> {
  let response: Response;
  try {
    response = await fetch(`${url}/v1/push`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ commands }) });
    if (response.status !== 200) {
      await response.arrayBuffer();
      return { status: response.status, retryAfter: response.headers.get('retry-after') };
    }
    return { answers: pushResponse.parse(await response.json()).answers };
  } catch {
    return 'no line';
  }
}
