import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, safeStorage, session, shell, utilityProcess, type Session } from 'electron';
import { ipcCall, ipcEvent, ipcShield } from '../../src-shared/contract/channel-names.ts';
import { describeError } from '../../src-shared/errors.ts';
import { fail, type Result } from '../../src-shared/result.ts';
import { noteCrash, watchOwnFall } from '../crashes/crashes.ts';
import { createAdmission } from './admission.ts';
import { startBackend, type Backend, type StartWord } from './backend-process.ts';
import { createCrashLimit } from './crash-limit.ts';
import { guardDownloads } from './downloads.ts';
import { menuTemplate } from './menu.ts';
import { cutNetwork, lockNavigation } from './navigation.ts';
import { createLinkOpener } from './open-link.ts';
import { openedPaths } from './opened-paths.ts';
import { appUrl } from './page.ts';
import { guardPermissions } from './permissions.ts';
import { createRelay, type Relay } from './relay.ts';
import { registerAppScheme, serveAppScheme } from './scheme.ts';
import { isTrustedSender } from './sender.ts';
import { createShield } from './shield.ts';
import { findForbiddenSwitch } from './switches.ts';
import { installedAs, installFromDisk, readPublishers, takeInstallWord } from './updater.ts';
import { readProfileKey } from './vault.ts';
import { windowOptions } from './window.ts';

/** What belongs to one window. The relay is a new one when the backend is. */
type Seat = { relay: Relay | null; readonly admit: ReturnType<typeof createAdmission>['admit']; readonly shield: (on: unknown) => void };

/** Electron's main process: windows, the page's scheme, the key store, and the backend's process. No business rule. */
const dist = join(import.meta.dirname, '..');
const devTools = !app.isPackaged;
const seats = new Map<number, Seat>();
/** What is being written when the person leaves is small; a disk that needs longer is not waited for. */
const stopDeadlineMs = 10_000;
let backend: Backend | null = null;
let flushed = false;
const installed = installedAs(app.isPackaged, process);

// Before `ready`, which is why nothing above may wait
app.enableSandbox();
registerAppScheme(protocol);
const profileRoot = process.env['VAN_THU_USER_DATA'];
// Windows shows a page's notices only under the name that the installer gave the program's shortcut (build/packaging, appId)
if (process.platform === 'win32') app.setAppUserModelId('vn.gov.vanthu');
if (profileRoot !== undefined && profileRoot !== '') app.setPath('userData', profileRoot);

const forbidden = app.isPackaged ? findForbiddenSwitch(process.argv, process.platform) : null;
if (forbidden !== null) leave(`Chương trình không mở được với tham số --${forbidden}, vì tham số này bỏ lớp bảo vệ của chương trình. Dữ liệu đã lưu vẫn nguyên; hãy mở lại bằng biểu tượng Văn Thư trên màn hình.`);
else if (app.requestSingleInstanceLock()) open();
else app.quit();

function open(): void {
  app.on('second-instance', (_event, argv, folder) => {
    backend?.openFiles(openedPaths(argv, folder));
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('session-created', guardSession);
  app.on('web-contents-created', (_event, contents) => lockNavigation(contents, (address) => void openLink(address)));
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (flushed || backend === null) return;
    event.preventDefault();
    void backend.stop(stopDeadlineMs).then(installNew).finally(() => {
      flushed = true;
      app.quit();
    });
  });
  ipcMain.handle(ipcCall, (event, channel: unknown, input: unknown) => {
    const seat = seats.get(event.sender.id);
    if (!isTrustedSender(event) || seat === undefined || typeof channel !== 'string') throw new Error('refused');
    return seat.admit(channel, input, () => seat.relay?.call(channel, input) ?? Promise.resolve(fail('bug', { ref: 'backend-gone' })));
  });
  ipcMain.handle(ipcShield, (event, on: unknown) => {
    const seat = seats.get(event.sender.id);
    if (!isTrustedSender(event) || seat === undefined) throw new Error('refused');
    seat.shield(on);
  });
  void app.whenReady().then(openDesk, leave);
}

function openDesk(): void {
  watchOwnFall(app.getPath('userData'), 'shell', app.getVersion());
  guardSession(session.defaultSession);
  serveAppScheme(protocol, join(dist, 'renderer'));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(devTools)));

  const rootDir = app.getPath('userData');
  const office = readProfileKey({ file: join(rootDir, 'office.key'), safe: safeStorage, platform: process.platform, practice: false });
  const practice = readProfileKey({ file: join(rootDir, 'practice.key'), safe: safeStorage, platform: process.platform, practice: true });
  // one of them is enough to begin with; the sign-in screen tells what cannot be opened
  if (!office.ok && !practice.ok) return leave(describeError(office.error));

  backend = startBackend({
    fork: () => utilityProcess.fork(join(dist, 'backend', 'main.js'), [], { serviceName: 'van-thu-backend', stdio: 'inherit' }),
    start: { type: 'start', rootDir, keys: { office: toHex(office), practice: toHex(practice) }, open: whatToOpen(process.env['VAN_THU_OPEN']), resourcesDir: join(dist, '..', 'resources'), ...(installed === null ? {} : { installedFor: installed }) },
    createChannel: () => new MessageChannelMain(),
    onFallen: (exitCode) => noteFall('backend', 'ended', exitCode),
    onRestarted: () => {
      for (const window of BrowserWindow.getAllWindows()) {
        connectSeat(window);
        window.webContents.reload();
      }
    },
    onLost: () => leave('Phần xử lý của chương trình không khởi động được. Dữ liệu đã lưu vẫn nguyên; hãy mở lại chương trình, nếu vẫn lỗi hãy báo người quản trị.'),
  });
  // what was double-clicked to start the program; in development the first word is the program's folder
  if (app.isPackaged) backend.openFiles(openedPaths(process.argv, process.cwd()));
  openWindow();
  return undefined;
}

/** What a person agreed to have installed when they close the program. Where it cannot be, the next start says so. */
async function installNew(): Promise<void> {
  if (installed === null) return;
  try {
    const dir = join(app.getPath('userData'), 'updates');
    const word = takeInstallWord(dir);
    if (word === null) return;
    const { AppImageUpdater, NsisUpdater } = (await import('electron-updater')).default;
    await installFromDisk(installed === 'linux-x64' ? new AppImageUpdater() : new NsisUpdater(), dir, word, readPublishers(join(dist, '..', 'resources', 'update-keys.json')));
  } catch (error) {
    console.error('the new version was not installed', error instanceof Error ? error.message : '');
  }
}

function toHex(key: Result<Uint8Array>): string | null {
  return key.ok ? Buffer.from(key.value).toString('hex') : null;
}

/** `npm start` and the tests say which; the installed program goes by what the person chose. */
function whatToOpen(asked: string | undefined): StartWord['open'] {
  return asked === 'office' || asked === 'practice' ? asked : 'remembered';
}

function openWindow(): void {
  const window = new BrowserWindow(windowOptions(join(dist, 'preload', 'bridge.cjs'), devTools));
  window.setMenuBarVisibility(false);
  // the page's own title may come from a document
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  const { id } = window.webContents;
  const isTooMuch = createCrashLimit();
  window.on('closed', () => {
    seats.get(id)?.relay?.close();
    seats.delete(id);
  });
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    // A document took its page down; the desk is in the backend and comes back, unless the same document takes it down again and again
    if (reason === 'clean-exit') return;
    noteFall('window', reason, exitCode);
    if (isTooMuch()) return leave('Màn hình của chương trình liên tục bị dừng. Dữ liệu đã lưu vẫn nguyên; hãy mở lại chương trình, nếu vẫn lỗi hãy báo người quản trị.');
    window.webContents.reload();
  });
  seats.set(id, { relay: null, admit: createAdmission().admit, shield: createShield(window) });
  connectSeat(window);
  void window.loadURL(appUrl).catch(leave);
}

function noteFall(part: 'window' | 'backend', reason: string, exitCode: number | null): void {
  noteCrash(app.getPath('userData'), { at: new Date().toISOString(), part, reason, exitCode, version: app.getVersion(), where: [] });
}

/** Gives a window its own connection to the backend that runs now. */
function connectSeat(window: BrowserWindow): void {
  const contents = window.webContents;
  const seat = seats.get(contents.id);
  if (seat === undefined || backend === null) return;
  seat.relay?.close();
  seat.relay = createRelay(backend.connect(), (name, payload) => {
    if (!contents.isDestroyed()) contents.send(ipcEvent, name, payload);
  });
}

const guarded = new WeakSet<Session>();

/** The one session of the program, and any that might ever come to be beside it. */
function guardSession(one: Session): void {
  if (guarded.has(one)) return;
  guarded.add(one);
  guardPermissions(one);
  cutNetwork(one, devTools);
  guardDownloads({ session: one, folder: findFolder(), isOurWindow: ({ id }) => seats.has(id) });
}

/** Where saving begins. A documents folder on a share that is not there now is no folder to Windows, and Electron throws. */
function findFolder(): string {
  try {
    return app.getPath('documents');
  } catch (error) {
    if (error instanceof Error) return app.getPath('home');
    throw error;
  }
}

const openLink = createLinkOpener({
  ask: async (address) => {
    const { response } = await dialog.showMessageBox({ type: 'question', title: 'Văn Thư', message: 'Mở trang này bằng trình duyệt?', detail: address, buttons: ['Mở trang', 'Không mở'], defaultId: 1, cancelId: 1, noLink: true });
    return response === 0;
  },
  open: (address) => shell.openExternal(address),
});

function leave(reason: unknown): void {
  dialog.showErrorBox('Văn Thư', typeof reason === 'string' ? reason : 'Chương trình không mở được. Dữ liệu đã lưu vẫn nguyên; hãy mở lại chương trình.');
  flushed = true;
  app.exit(1);
}
