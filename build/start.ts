import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openInBrowser } from './start/browser-shell.ts';
import { findStartDirs } from './start/data-dir.ts';
import { obtainElectron, openInElectron } from './start/electron.ts';
import { hasDisplay } from './start/find-browser.ts';
import { takeLock } from './start/lock.ts';

const help = `npm start [-- --office] [--profile DIR] [--reset]
Mở văn phòng luyện tập của Văn Thư: trong Electron nếu có, nếu không thì trong trình duyệt của máy.
  --office       mở cơ quan thật: màn hình đăng nhập, hoặc bàn làm việc nếu máy này đã đăng nhập
  --profile DIR  giữ mọi dữ liệu trong thư mục DIR thay cho chỗ thường lệ
  --reset        dựng lại văn phòng luyện tập từ đầu (xóa dữ liệu luyện tập cũ, không đụng tới cơ quan thật)
  --help         phần này
Trong trình duyệt, khóa kho dữ liệu của cơ quan nằm ở tệp office.key cạnh dữ liệu; trong Electron khóa do hệ điều hành giữ.
Biến môi trường: VAN_THU_SHELL=electron|browser chọn vỏ; ELECTRON_MIRROR chỉ nơi tải Electron.
`;

const values = readWords();
if (values.help === true) {
  say(help.trimEnd());
  process.exit(0);
}

const wanted = process.env['VAN_THU_SHELL'] ?? '';
if (!['', 'electron', 'browser'].includes(wanted)) stop(`VAN_THU_SHELL phải là electron hoặc browser, không phải "${wanted}".`);

const dirs = findStartDirs(values.profile);
const opens = values.office === true ? 'office' : 'practice';
mkdirSync(dirs.root, { recursive: true });
const lock = takeLock(join(dirs.root, 'start.lock'));
if (lock === null) stop('Văn Thư đang mở ở một cửa sổ khác. Hãy đóng cửa sổ đó trước.');
process.once('exit', lock);

if (values.reset === true) {
  for (const old of [dirs.practice, join(dirs.electron, 'practice'), join(dirs.electron, 'practice.key')]) if (existsSync(old)) rmSync(old, { recursive: true });
  say('Đã xóa dữ liệu luyện tập cũ.');
}

process.exit(await openDesk());

async function openDesk(): Promise<number> {
  if (wanted !== 'browser') {
    const electron = hasDisplay() || wanted === 'electron' ? await obtainElectron(say) : { path: null, reason: 'máy này không có màn hình' };
    if (electron.path !== null) return openInElectron(electron.path, { opens, dir: dirs.electron });
    if (wanted === 'electron') stop(`Không mở được Electron: ${electron.reason}.`);
    say(`Chưa dùng được Electron (${electron.reason}), nên bàn làm việc mở trong trình duyệt.`);
  }
  return openInBrowser({ opens, dirs, say });
}

function readWords(): { readonly office?: boolean; readonly profile?: string; readonly reset?: boolean; readonly help?: boolean } {
  try {
    return parseArgs({ options: { office: { type: 'boolean' }, profile: { type: 'string' }, reset: { type: 'boolean' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    if (error instanceof TypeError) stop(`${error.message}\n\n${help.trimEnd()}`);
    throw error;
  }
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
