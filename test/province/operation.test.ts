import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readDirectory } from '../../src-server/operation/commands/organization.ts';
import { axisVariable, metricsVariable, parseConfig, passwordVariable } from '../../src-server/operation/config.ts';
import { createHealth } from '../../src-server/operation/health.ts';
import { createLog } from '../../src-server/operation/log.ts';
import { createMetrics } from '../../src-server/operation/metrics.ts';
import { createShedding } from '../../src-server/operation/shedding.ts';
import { createServer } from '../../src-server/server.ts';
import { openOffice, post, tempDir } from '../server/office.ts';

const example = readFileSync('resources/server/config.example.json', 'utf8');

test('the example configuration is one, and says no more than the defaults', () => {
  const read = parseConfig(example, { [passwordVariable]: 's' });
  assert.ok(read.ok);
  assert.equal(read.config.password, 's');
  const least = parseConfig('{"dir":"/var/lib/van-thu-server"}', {});
  assert.ok(least.ok);
  assert.deepEqual({ ...read.config, publicHosts: [], shedding: {}, password: null }, least.config);
  const province = parseConfig(example.replace('// "contentDir"', '"contentDir"').replace('"storage": { "kind": "sqlite" },', '').replace('// "storage"', '"storage"'), {});
  assert.equal(province.ok && province.config.storage.kind, 'postgres');
});

test('the axis is off unless it is asked for, asks for its secret where it has one, and takes no office of no form', () => {
  const [folder, http] = ['folder', 'http'].map((kind) => {
    const [line] = example.split('\n').filter((each) => each.includes(`// "axis": `) && each.includes(`"kind": "${kind}"`));
    assert.ok(line !== undefined);
    return example.replace(line, line.replace('// ', ''));
  });
  const off = parseConfig(example, {});
  assert.equal(off.ok && off.config.axis, null);
  const read = parseConfig(folder ?? '', {});
  assert.deepEqual(read.ok && read.config.axis, { units: ['H48'], pollSeconds: 10, retrySeconds: [10, 900], channel: { kind: 'folder', dir: '/srv/van-thu/axis', settleSeconds: 2 } });
  const silent = parseConfig(http ?? '', {});
  assert.match(silent.ok ? '' : silent.faults.join(), new RegExp(axisVariable));
  const keyed = parseConfig(http ?? '', { [axisVariable]: 'một khóa dài' });
  assert.ok(keyed.ok && keyed.config.axis?.channel.kind === 'http');
  assert.deepEqual([keyed.config.axis.channel.secret, keyed.config.axis.channel.totalSeconds], ['một khóa dài', 1800]);
  const wrong = parseConfig((folder ?? '').replace('["H48"]', '["xã Phú Lâm"]'), {});
  assert.match(wrong.ok ? '' : wrong.faults.join(), /axis\.units\.0/);
});

test('the command gives Node the young generation that the load figures need, and the unit starts by the command', () => {
  const asked = spawnSync('resources/server/van-thu-server', ['version'], { encoding: 'utf8', env: { ...process.env, VAN_THU_NODE: process.execPath, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent('import v8 from "node:v8";process.stderr.write(JSON.stringify([process.execArgv,v8.getHeapStatistics().heap_size_limit]))')}` } });
  assert.equal(asked.status, 0, asked.stderr);
  assert.match(asked.stdout, /^\d+\.\d+\.\d+\n$/);
  assert.ok((JSON.parse(asked.stderr) as [string[], number])[0].includes('--max-semi-space-size=64'), asked.stderr);
  const more = spawnSync('resources/server/van-thu-server', ['version'], { encoding: 'utf8', env: { ...process.env, VAN_THU_NODE: process.execPath, VAN_THU_NODE_OPTIONS: '--max-old-space-size=2048 --max-semi-space-size=32' } });
  assert.equal(more.status, 0, more.stderr);
  assert.match(readFileSync('resources/server/van-thu-server.service', 'utf8'), /^ExecStart=\S+\/resources\/server\/van-thu-server serve /m);
});

test('what is wrong in a configuration is said with the key’s name, all of it at once', () => {
  const faults = (text: string, environment = {}) => {
    const read = parseConfig(text, environment);
    return read.ok ? [] : read.faults;
  };
  const all = faults('{"dirr":"x","listen":{"port":70000},"log":{"level":"loud"},"storage":{"kind":"postgres","url":"postgres://a:b@c/d"}}').join('\n');
  for (const [key, word] of [['dir', 'Thiếu khóa'], ['dirr', 'không có trong mẫu'], ['listen.port', 'không hợp lệ'], ['log.level', 'không hợp lệ'], ['storage.url', passwordVariable]]) {
    assert.ok(all.split('\n').some((line) => line.includes(`"${key}"`) && line.includes(word ?? '')), `${key}: ${all}`);
  }
  assert.match(faults('{"dir":').join(), /không phải JSON/);
  assert.match(faults('{"dir":"x"}', { [metricsVariable]: 'short' }).join(), new RegExp(metricsVariable));
});

test('a log line holds no secret, whatever it is given', () => {
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line), 'n', 'info', () => new Date(0));
  const token = 'A'.repeat(43);
  log('info', 'x', { password: 'p1', bearerToken: 'p2', title: 'p3', error: `refused ${token} at postgres://u:p4@h/d`, long: 'y'.repeat(9999), ms: 3 });
  assert.doesNotMatch(lines.join(), /p1|p2|p3|p4|AAAA/);
  assert.ok((lines[0]?.length ?? 0) < 1500);
  assert.deepEqual(JSON.parse(lines[0] ?? '') as unknown, {
    time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'x', node: 'n', password: '[hidden]', bearerToken: '[hidden]', title: '[hidden]',
    error: 'refused [hidden] at postgres[hidden]h/d', long: 'y'.repeat(500), ms: 3,
  });
  createLog((line) => lines.push(line), 'n', 'warn')('info', 'not this one');
  assert.equal(lines.length, 1);
});

test('a directory file is read whole, or every wrong line is named', () => {
  const head = 'code,name,otherCode,parent,ceasedOn,successors\r\n';
  const { entries, faults } = readDirectory(`\uFEFF${head}H48.60,"Huyện ""cũ"",\nhai dòng",000.00.60.H48,H48,2025-07-01,H48.60.12 H48.60.13\r\nH48.60.12,Phú Lâm,,,,`);
  assert.deepEqual(faults, []);
  assert.deepEqual(entries, [
    { code: 'H48.60', name: 'Huyện "cũ",\nhai dòng', otherCode: '000.00.60.H48', parent: 'H48', ceasedOn: '2025-07-01', successors: ['H48.60.12', 'H48.60.13'] },
    { code: 'H48.60.12', name: 'Phú Lâm', otherCode: null, parent: null, ceasedOn: null, successors: [] },
  ]);
  const wrong = readDirectory(`${head}H48.60,"a\nb",,,,\nxx,name,,,,\nH48.61,,,,,\nH48.62,name,,,30/6/2025,\nH48.63,n,,,,,,`);
  assert.deepEqual(wrong.faults.map((fault) => /Dòng (\d+)/.exec(fault)?.[1]), ['4', '5', '6', '7']);
  assert.match(readDirectory('ma;ten\n').faults.join(), /Thiếu cột: code/);
});

test('load is shed by rank, and who is refused comes back at times of chance', () => {
  const load = { underWay: 0, loopDelayMs: 0, poolQueue: 0 };
  let chance = 0;
  const shedding = createShedding({ underWay: 10, loopDelayMs: 100, poolQueue: 5 }, () => load, () => chance);
  const at = (url: string) => shedding.refusal({ url })?.status ?? 200;
  const all = () => [at('/v1/push'), at('/v1/changes?x'), at('/v1/events?cursor=a'), at('/v1/session'), at('/healthz')];
  assert.deepEqual(all(), [200, 200, 200, 200, 200]);
  load.poolQueue = 5;
  assert.deepEqual(all(), [503, 503, 200, 200, 200]);
  load.loopDelayMs = 250;
  assert.deepEqual(all(), [503, 503, 503, 503, 200]);
  const waits = [0, 0.5, 0.999].map((each) => {
    chance = each;
    return Number(shedding.refusal({ url: '/v1/push' })?.headers?.['retry-after']);
  });
  assert.deepEqual(waits, [2, 14, 26]);
  Object.assign(load, { poolQueue: 0, loopDelayMs: 99, underWay: 9 });
  assert.deepEqual(all(), [200, 200, 200, 200, 200]);
});

test('health says which part is down, and is not held up by one that hangs', async () => {
  const parts = { node: 'a', version: '1', stopping: () => false };
  const ok = { ping: async (): Promise<void> => undefined };
  const down = { ping: () => Promise.reject(new Error('no')) };
  const hung = { ping: () => new Promise<void>(() => undefined) };
  const told = async (storage: typeof ok, content: typeof ok, stopping = false) => {
    const reply = await createHealth({ ...parts, storage, content, stopping: () => stopping })();
    const { storage: a, content: b } = reply.json as { storage: string; content: string };
    return [reply.status, a, b];
  };
  assert.deepEqual(await told(ok, ok), [200, 'ok', 'ok']);
  assert.deepEqual(await told(down, ok), [503, 'down', 'ok']);
  assert.deepEqual(await told(ok, hung), [503, 'ok', 'slow']);
  assert.deepEqual(await told(ok, ok, true), [503, 'ok', 'ok']);
});

test('metrics are for this machine and for who has the token; behind a proxy nobody is this machine', async (t) => {
  const token = 'm'.repeat(20);
  const server = await openOffice(t, { metrics: createMetrics(token), proxies: ['127.0.0.1'] });
  const status = async (headers: Record<string, string>) => (await fetch(`${server.url}/metrics`, { headers })).status;
  assert.equal(await status({}), 200);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) assert.equal(await status({ [name]: '127.0.0.1' }), 404, name);
  assert.equal(await status({ 'x-forwarded-for': '10.0.0.1', authorization: `Bearer ${token}` }), 200);
  assert.equal(await status({ 'x-forwarded-for': '10.0.0.1', authorization: `Bearer ${'n'.repeat(20)}` }), 404);
  await post(`${server.url}/v1/session`, { user: 'ai', password: 'sai hoàn toàn' });
  assert.match(await (await fetch(`${server.url}/metrics`)).text(), /van_thu_requests_total\{route="session",status="401"\} 1/);
});

test('an administrator sets an office up by commands, and no password stands on a command line', async (t) => {
  const dir = tempDir(t);
  const file = path.join(dir, 'offices.csv');
  writeFileSync(file, 'code,name,otherCode,parent,ceasedOn,successors\nH48.60.12,UBND xã Phú Lâm,,,,\n');
  const data = ['--dir', path.join(dir, 'server')];
  const run = (argv: readonly string[], input = '') =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const child = spawn(process.execPath, ['src-server/main.ts', ...argv], { stdio: 'pipe' });
      let [out, err] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.on('close', (code) => resolve({ code, out, err }));
      child.stdin.end(input);
    });
  const add = ['account', 'add', 'xa.vanthu', '--name', 'Nguyễn Thị Lan', '--unit', 'H48.60.12', '--role', 'clerk', ...data];
  assert.equal((await run(add, 'mật khẩu đầu tiên\n')).code, 1);
  assert.equal((await run(['organization', 'import', file, ...data])).code, 0);
  assert.equal((await run(add, 'ngắn')).code, 2);
  assert.equal((await run([...add, '--password', 'x'])).code, 2);
  assert.equal((await run(add, 'mật khẩu đầu tiên\n')).code, 0);
  assert.match((await run(['account', 'list', ...data])).out, /^xa\.vanthu\tH48\.60\.12\tclerk\tNguyễn Thị Lan\topen/);
  assert.equal((await run(['quota', '2GB', '--unit', 'H48.60.12', ...data])).code, 0);
  assert.equal((await run(['quota', '2TB', ...data])).code, 2);
  assert.equal((await run(['book', 'start', 'H48.60.12/2026/cong-van-di', '41', ...data])).code, 0);
  assert.equal((await run(['withdraw', 'H48.60.12', '0192f0c1-2345-7abc-8def-0123456789ab', ...data])).code, 1);
  const exported = path.join(dir, 'audit.jsonl');
  writeFileSync(exported, (await run(['audit', 'export', ...data])).out);
  assert.equal((await run(['audit', 'verify', exported])).code, 0);
  assert.match(readFileSync(exported, 'utf8'), /account\.added/);
  const server = await createServer({ dir: data[1] ?? '' });
  t.after(() => server.close());
  const session = await (await post(`${server.url}/v1/session`, { user: 'xa.vanthu', password: 'mật khẩu đầu tiên' })).json() as { mustChange: boolean; unit: { name: string } };
  assert.deepEqual([session.mustChange, session.unit.name], [true, 'UBND xã Phú Lâm']);
  for (const command of ['serve', 'migrate', 'organization', 'account', 'book', 'quota', 'withdraw', 'axis', 'audit', 'trust-list']) {
    const { code, out } = await run([command, '--help']);
    assert.equal(code, 0, command);
    assert.match(out, /van-thu-server/);
  }
  assert.equal((await run(['config', '--example'])).out, example);
  assert.equal((await run(['nonsense'])).code, 2);
});
