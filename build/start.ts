import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openInBrowser } from './start/browser-shell.ts';
import { electronDir, practiceDir } from './start/data-dir.ts';
import { obtainElectron, openInElectron } from './start/electron.ts';
import { hasDisplay } from './start/find-browser.ts';
import { takeLock } from './start/lock.ts';

const help = `npm start [-- --reset]
Mở văn phòng luyện tập của Văn Thư: trong Electron nếu có, nếu không thì trong trình duyệt của máy.
  --reset   dựng lại văn phòng luyện tập từ đầu (xóa dữ liệu luyện tập cũ)
  --help    phần này
Biến môi trường: VAN_THU_SHELL=electron|browser chọn vỏ; ELECTRON_MIRROR chỉ nơi tải Electron.
`;

const { values } = parseArgs({ options: { reset: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help === true) {
  say(help.trimEnd());
  process.exit(0);
}

const wanted = process.env['VAN_THU_SHELL'] ?? '';
if (!['', 'electron', 'browser'].includes(wanted)) stop(`VAN_THU_SHELL phải là electron hoặc browser, không phải "${wanted}".`);

mkdirSync(practiceDir, { recursive: true });
const lock = takeLock(join(practiceDir, '..', 'start.lock'));
if (lock === null) stop('Văn phòng luyện tập đang mở ở một cửa sổ khác. Hãy đóng cửa sổ đó trước.');
process.once('exit', lock);

if (values.reset === true) {
  for (const old of [practiceDir, join(electronDir, 'practice'), join(electronDir, 'practice.key')]) if (existsSync(old)) rmSync(old, { recursive: true });
  say('Đã xóa dữ liệu luyện tập cũ.');
}

process.exit(await openDesk());

async function openDesk(): Promise<number> {
  if (wanted !== 'browser') {
    const electron = hasDisplay() || wanted === 'electron' ? await obtainElectron(say) : { path: null, reason: 'máy này không có màn hình' };
    if (electron.path !== null) return openInElectron(electron.path);
    if (wanted === 'electron') stop(`Không mở được Electron: ${electron.reason}.`);
    say(`Chưa dùng được Electron (${electron.reason}), nên bàn làm việc mở trong trình duyệt.`);
  }
  return openInBrowser(say);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
