// Sets a fresh machine up, then starts a program on the project's own Node. Runs on plain Node 20, before anything is installed,
// with Node's own modules only:
//   node build/setup.mjs --for start|test|build [--then FILE.ts [ARGUMENTS…]]
// Everything it says goes to stderr, so that what it starts owns stdout.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilePackages, findMissing, testPackages } from './system-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

const tokenDriver = join(root, 'node_modules', 'pkcs11js', 'build', 'Release', 'pkcs11.node');

const usage = 'node build/setup.mjs --for start|test|build [--then FILE.ts [ARGUMENTS…]]';
const [forFlag, purpose, thenFlag, program, ...programArguments] = process.argv.slice(2);
if (forFlag !== '--for' || !['start', 'test', 'build'].includes(purpose) || (thenFlag !== undefined && (thenFlag !== '--then' || program === undefined))) {
  stop(`Cách dùng: ${usage}`);
}
if (Number(process.versions.node.split('.')[0]) < 20) stop(`Cần Node 20 trở lên để cài đặt; máy này có ${process.version}.`);

setUpSystem();
setUpDependencies();
if (program !== undefined) run(program, programArguments);

/** What tests call besides Node. A program that is only started needs none of it. */
function setUpSystem() {
  const stale = !dependenciesAreCurrent();
  const wanted = [...(purpose === 'test' ? testPackages : []), ...(stale ? compilePackages : [])];
  const missing = findMissing(wanted);
  if (missing.length === 0) return;
  const names = missing.map(({ debian }) => debian);
  const debianRoot = process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
  if (debianRoot) {
    say(`Cài gói hệ thống: ${names.join(' ')}`);
    // slim images lack the folder that a JDK's alternatives write to
    mkdirSync('/usr/share/man/man1', { recursive: true });
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...words) => spawnSync('apt-get', words, { env, stdio: ['ignore', 2, 2] }).status === 0;
    if (apt('-q', 'update') && apt('-q', '-y', 'install', '--no-install-recommends', ...names)) return;
    if (purpose === 'test') stop(`Không cài được gói hệ thống: ${findMissing(wanted).map(({ debian }) => debian).join(', ')}.`);
  }
  const programs = findMissing(purpose === 'test' ? testPackages : []).map(({ debian, commands }) => `${commands[0] ?? debian} (Debian: ${debian})`);
  if (programs.length > 0) say(`Máy này còn thiếu ${programs.join(', ')}; phần kiểm thử cần đến chúng sẽ không chạy được.`);
}

/** `npm ci` when the lock file has changed since it last ended well. Brings Node 24 too: it is a dependency. */
function setUpDependencies() {
  if (!dependenciesAreCurrent()) {
    say('Cài các gói từ package-lock.json…');
    const npm = process.env.npm_execpath;
    const words = ['ci', '--no-audit', '--no-fund'];
    const options = { cwd: root, stdio: ['ignore', 2, 2], env: { ...nodeHeaders(), ...process.env } };
    const done = npm !== undefined && /\.c?js$/.test(npm) ? spawnSync(process.execPath, [npm, ...words], options) : spawnSync('npm', words, { ...options, shell: windows });
    if (done.status !== 0) stop('npm ci không thành công; lý do ở ngay trên. Không có gì khác bị thay đổi.');
    writeFileSync(stampFile(), `${stamp()}\n`);
  }
  if (!existsSync(node)) stop(`Thiếu ${node}: gói "node" chưa cài đủ. Hãy xóa node_modules và chạy lại.`);
  // An optional dependency: without a compiler the desk still opens, with a key file in place of a token
  if (!existsSync(tokenDriver)) {
    const sentence = 'Chưa dịch được pkcs11js (cần python3, make, g++), nên chưa dùng được USB token.';
    if (purpose === 'test') stop(sentence);
    say(sentence);
  }
}

/** pkcs11js compiles against Node's headers; those beside this Node (Node-API is the same in all) spare it a download. */
function nodeHeaders() {
  const prefix = join(dirname(process.execPath), '..');
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: prefix } : {};
}

function dependenciesAreCurrent() {
  // where tests are to run, what did not compile is tried again
  return existsSync(node) && (purpose !== 'test' || existsSync(tokenDriver)) && existsSync(stampFile()) && readFileSync(stampFile(), 'utf8').trim() === stamp();
}

function stampFile() {
  return join(root, 'node_modules', '.van-thu-setup');
}

/** The lock file, and the machine it was installed for: a folder carried to another system is stale. */
function stamp() {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(`${process.platform}-${process.arch}`).digest('hex');
}

function run(file, words) {
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node, [file, ...words], { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } });
  // A terminal sends Ctrl+C to both; the child decides when it has ended
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  // npm ends at once when it is told to, and tells nobody: whoever has lost the parent that started it ends in order
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1000);
  child.on('error', (error) => stop(`Không chạy được ${node}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function stop(sentence) {
  say(sentence);
  process.exit(1);
}
