import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createInterface } from 'node:readline';
import type { Command } from '../../src-shared/domain/document.ts';

/** One signed-in desk: what it needs to act in its unit. `document` stands assigned; `content` is one that the unit holds. */
export type LoadClient = { readonly token: string; readonly unit: string; readonly person: string; readonly fullName: string; readonly role: 'leader' | 'clerk'; readonly document: string; readonly content: string };
export type LoadPlan = { readonly nodes: readonly string[]; readonly clients: readonly LoadClient[] };

/** What the driver prints, one JSON line each. Times in ms from the moment at which the command was due, so that a stalled server is not measured by those that it let through. */
export type LoadReport = {
  readonly what: 'connected' | 'measured' | 'reconnected';
  readonly clients?: number; readonly ms?: number; readonly accepted?: number; readonly seconds?: number; readonly p50?: number; readonly p99?: number; readonly worst?: number;
  readonly hints?: number; readonly pulls?: number; readonly retries?: number; readonly seen?: number; readonly errors?: readonly string[];
};

/**
 * A province's desks in one process: every client holds its events open and pulls the feed when it is told to; commands come at an even rate from clients by turns.
 * Driven by lines on stdin: {"do":"connect"} · {"do":"run","rate","seconds"} · {"do":"await-all"} · {"do":"end"}.
 */
const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as LoadPlan;
const agents = plan.nodes.map(() => new http.Agent({ keepAlive: true, maxSockets: 100, scheduling: 'fifo' }));
const desks = plan.clients.map((client, i) => ({ ...client, node: i % plan.nodes.length, cursor: '', assignment: 1, open: false, pulling: false, again: false, tries: 0 }));
type LoadDesk = (typeof desks)[number];

let [hints, pulls, retries, openCount, streaming] = [0, 0, 0, 0, true];
const errors: string[] = [];
/** What a person would see: an answer that is neither a yes nor "later". */
const seen = (what: string): void => void (errors.length < 20 && errors.push(what));
const say = (report: LoadReport): void => void process.stdout.write(`${JSON.stringify(report)}\n`);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const jitter = (tries: number, capMs = 30_000): number => Math.random() * Math.min(capMs, 1000 * 2 ** Math.min(tries, 10));

type Answer = { readonly status: number; readonly body: string; readonly retryAfterMs: number };
function ask(node: number, method: string, path: string, token: string, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, plan.nodes[node]), {
      method, agent: agents[node] ?? new http.Agent(), timeout: 30_000,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) },
    }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8'), retryAfterMs: Number(response.headers['retry-after'] ?? 0) * 1000 }));
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', reject);
    request.end(body);
  });
}

/** The same question until it is answered, at another node each time, as a desk behind a balancer asks. */
async function insist(desk: LoadDesk, method: string, path: string, body?: string): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await ask((desk.node + tries) % plan.nodes.length, method, path, desk.token, body).catch(() => null);
    if (answer !== null && answer.status !== 429 && answer.status < 500) return answer;
    if (answer?.status === 500) seen(`500 ${path} ${answer.body}`);
    retries += 1;
    await wait((answer?.retryAfterMs ?? 0) + jitter(tries));
  }
}

async function pull(desk: LoadDesk): Promise<void> {
  if (desk.pulling) {
    desk.again = true;
    return;
  }
  desk.pulling = true;
  do {
    desk.again = false;
    const answer = await insist(desk, 'GET', `/v1/changes${desk.cursor === '' ? '' : `?cursor=${encodeURIComponent(desk.cursor)}`}`);
    pulls += 1;
    if (answer.status !== 200) seen(`${answer.status} changes ${answer.body}`);
    else {
      const page = JSON.parse(answer.body) as { readonly next: string; readonly hasMore: boolean };
      desk.cursor = page.next;
      desk.again ||= page.hasMore;
    }
  } while (desk.again);
  desk.pulling = false;
}

function listen(desk: LoadDesk): void {
  const request = http.request(new URL(`/v1/events?cursor=${encodeURIComponent(desk.cursor)}`, plan.nodes[(desk.node + desk.tries) % plan.nodes.length]), { agent: false, headers: { authorization: `Bearer ${desk.token}`, accept: 'text/event-stream' } }, (response) => {
    if (response.statusCode !== 200) {
      response.resume();
      if (response.statusCode !== 503 && response.statusCode !== 429) seen(`${response.statusCode} events`);
      return lost(Number(response.headers['retry-after'] ?? 0) * 1000);
    }
    desk.open = true;
    desk.tries = 0;
    openCount += 1;
    response.on('data', (part: Buffer) => {
      if (!part.includes('event: hint')) return;
      hints += 1;
      void pull(desk);
    });
    response.on('error', () => undefined);
    response.on('close', () => {
      desk.open = false;
      openCount -= 1;
      lost(0);
    });
  });
  request.on('error', () => lost(0));
  request.end();
  let told = false;
  function lost(afterMs: number): void {
    if (told || !streaming) return;
    told = true;
    setTimeout(() => listen(desk), afterMs + jitter(desk.tries++));
  }
}

function commandOf(desk: LoadDesk, turn: number): Command {
  const who = { person: desk.person, fullName: desk.fullName, role: desk.role, unit: desk.unit };
  const common = { id: randomUUID(), unit: desk.unit, actor: who, at: new Date().toISOString(), dependsOn: null };
  // two in three pass an assignment on, one in three begins a draft
  if (desk.role === 'leader' && turn % 3 !== 0) {
    return { ...common, document: desk.document, base: { workflow: 3, assignment: desk.assignment }, type: 'assign', args: { lead: desk.person, support: [], inform: [], directive: `Xử lý lần ${desk.assignment}`, deadline: null } } as unknown as Command;
  }
  return {
    ...common, document: randomUUID(), base: { workflow: 0, assignment: 0 }, type: 'draft',
    args: { title: `Về việc thử tải lần ${turn}`, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: { sha256: desk.content, sizeBytes: 1000, fileName: 'van-ban.pdf', parent: null }, recipients: [], inReplyTo: null },
  } as unknown as Command;
}

async function act(desk: LoadDesk, turn: number, dueAt: number, times: number[]): Promise<void> {
  const command = commandOf(desk, turn);
  const answer = await insist(desk, 'POST', '/v1/push', JSON.stringify({ commands: [command] }));
  times.push(performance.now() - dueAt);
  const status = answer.status === 200 ? (JSON.parse(answer.body) as { readonly answers: readonly { readonly status: string }[] }).answers[0]?.status : answer.body;
  if (status !== 'applied') seen(`${answer.status} push ${command.type}: ${answer.body}`);
  else if (command.type === 'assign') desk.assignment += 1;
}

async function run(rate: number, seconds: number): Promise<void> {
  const times: number[] = [];
  const under = new Set<Promise<void>>();
  const actors = desks.filter(({ role }) => role === 'leader');
  const busy = new Set<LoadDesk>();
  [hints, pulls, retries] = [0, 0, 0];
  const start = performance.now();
  for (let turn = 0; turn < rate * seconds; turn++) {
    const dueAt = start + (turn * 1000) / rate;
    const early = dueAt - performance.now();
    if (early > 1) await wait(early);
    // one that still waits for its last answer does not click again
    let desk = actors[turn % actors.length];
    for (let step = 1; desk !== undefined && busy.has(desk) && step < actors.length; step++) desk = actors[(turn + step) % actors.length];
    if (desk === undefined) throw new Error('no leader acts');
    const mine = desk;
    busy.add(mine);
    const work = act(mine, turn, dueAt, times).finally(() => {
      busy.delete(mine);
      under.delete(work);
    });
    under.add(work);
  }
  await Promise.all(under);
  const took = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  say({ what: 'measured', accepted: times.length - errors.length, seconds: took, p50: at(0.5), p99: at(0.99), worst: at(1), hints, pulls, retries, seen: errors.length, errors: [...errors] });
}

/** Resolves when every client holds its events. */
async function awaitAll(what: 'connected' | 'reconnected'): Promise<void> {
  const start = performance.now();
  while (openCount < desks.length && performance.now() - start < 300_000) await wait(50);
  say({ what, clients: openCount, ms: performance.now() - start, seen: errors.length, errors: [...errors] });
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as { readonly do: string; readonly rate?: number; readonly seconds?: number };
  if (order.do === 'connect') {
    for (const [i, desk] of desks.entries()) setTimeout(() => void pull(desk).then(() => listen(desk)), (i * 30_000) / desks.length);
    await awaitAll('connected');
  } else if (order.do === 'run') void run(order.rate ?? 300, order.seconds ?? 300);
  else if (order.do === 'await-all') await awaitAll('reconnected');
  else break;
}
streaming = false;
process.exit(0);
