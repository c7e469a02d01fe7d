#!/usr/bin/env node
// `van-thu`. Looks at Node before anything is loaded: the database driver ends an older one without a word (it needs Node-API 10).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./van-thu.js', import.meta.url));
const own = fileURLToPath(new URL(`../../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url));
const isNewEnough = Number(process.versions.napi) >= 10 && Number(process.versions.node.split('.')[0]) >= 24;

if (!isNewEnough && !existsSync(own)) {
  process.stderr.write(`Cần Node 24 trở lên để chạy van-thu; máy này có ${process.version}. Chưa có gì thay đổi.\n`);
  process.exit(2);
}
// A process of its own either way: the program is the main module of its process, and decides its exit code alone
const { status } = spawnSync(isNewEnough ? process.execPath : own, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 2);
