import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import type { DownloadItem, SaveDialogOptions } from 'electron';
import { guardDownloads, safeFileName, type DownloadOptions } from '../../src-main/shell/downloads.ts';

class FakeItem extends EventEmitter {
  readonly url: string;
  readonly name: string;
  asked: SaveDialogOptions | null = null;
  constructor(url: string, name = 'Công văn 12.pdf') {
    super();
    this.url = url;
    this.name = name;
  }
  getURL = (): string => this.url;
  getFilename = (): string => this.name;
  setSaveDialogOptions = (options: SaveDialogOptions): void => void (this.asked = options);
}

const ours = 'blob:app://van-thu/5b7e';
let session = new EventEmitter();
beforeEach(() => {
  session = new EventEmitter();
  guardDownloads({ session: session as unknown as DownloadOptions['session'], folder: '/home/nga', isOurWindow: ({ id }) => id === 1 });
});

function isStopped(item: FakeItem, contents = { id: 1 }): boolean {
  let stopped = false;
  session.emit('will-download', { preventDefault: () => (stopped = true) }, item as unknown as DownloadItem, contents);
  return stopped;
}

test('bytes that the page holds are saved where the person says', () => {
  const item = new FakeItem(ours);
  assert.equal(isStopped(item), false);
  assert.equal(item.asked?.defaultPath, join('/home/nga', 'Công văn 12.pdf'));
});

test('nothing else is downloaded: no address, no file of the program, no other contents', () => {
  for (const url of ['https://attacker.example/x.exe', 'app://van-thu/main.js', 'data:application/pdf;base64,AA==', 'file:///etc/passwd', 'blob:https://attacker.example/1', 'blob:app://other/1', 'blob:null/1', 'filesystem:app://van-thu/x', '']) {
    const item = new FakeItem(url);
    assert.equal(isStopped(item), true, url);
    assert.equal(item.asked, null);
  }
  assert.equal(isStopped(new FakeItem(ours), { id: 2 }), true);
});

test('a page that saves without end asks three times at once at most', () => {
  const items = Array.from({ length: 10 }, () => new FakeItem(ours));
  assert.deepEqual(items.map((item) => isStopped(item)), [false, false, false, true, true, true, true, true, true, true]);
  items[0]?.emit('done');
  assert.equal(isStopped(new FakeItem(ours)), false);
});

test('the name that is proposed has no folder, no hidden character and no ending that runs', () => {
  const table: readonly (readonly [given: string, proposed: string])[] = [
    ['Quyết định số 12.pdf', 'Quyết định số 12.pdf'], ['Báo cáo.docx', 'Báo cáo.docx'], ['ho-so.zip', 'ho-so.zip'], ['không có đuôi', 'không có đuôi'],
    ['../../Startup/x.pdf', '_.._Startup_x.pdf'], ['C:\\Windows\\x.pdf', 'C__Windows_x.pdf'], ['x.pdf:stream', 'x.pdf_stream'], ['hoá\u202Efdp.exe', 'hoáfdp.exe.txt'], ['x\u200B.pdf\u0000', 'x.pdf'],
    ['cap-nhat.exe', 'cap-nhat.exe.txt'], ['cap-nhat.EXE', 'cap-nhat.EXE.txt'], ['a.pdf.lnk', 'a.pdf.lnk.txt'], ['a.hta ', 'a.hta.txt'], ['a.js..', 'a.js.txt'], ['trang.html', 'trang.html.txt'],
    ['CON', '_CON'], ['nul.pdf', '_nul.pdf'], ['COM1.txt', '_COM1.txt'], ['.an', 'an'], ['', 'tep'], ['...', 'tep'], [`${'ă'.repeat(400)}.pdf`, `${'ă'.repeat(150)}.pdf`],
  ];
  for (const [given, proposed] of table) assert.equal(safeFileName(given), proposed, given);
});
