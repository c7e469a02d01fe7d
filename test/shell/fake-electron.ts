import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

/**
 * Electron as the shell sees it, recording what the shell asks for. Each part is checked against Electron's own types (`satisfies`), so a
 * name that Electron does not have does not compile. The hooks in `load-shell.ts` put this module in Electron's place.
 */
type Handler = (event: unknown, ...words: unknown[]) => unknown;

export const record = {
  schemes: [] as Electron.CustomScheme[],
  handlers: new Map<string, Handler>(),
  schemeHandlers: new Map<string, (request: Request) => Promise<Response> | Response>(),
  windows: [] as BrowserWindow[],
  forks: [] as FakeUtilityProcess[],
  errors: [] as string[],
  order: [] as string[],
  sandboxed: false,
  quits: 0,
  exitCode: null as number | null,
  userData: '/nowhere',
  appUserModelId: null as string | null,
  singleInstance: true,
  /** The folder lies on a share that is not there. */
  noDocuments: false,
  questions: [] as { readonly detail?: string }[],
  /** Which button the person presses. */
  answer: 1,
  opened: [] as string[],
};

export class FakeContents extends EventEmitter {
  static lastId = 0;
  readonly id = ++FakeContents.lastId;
  readonly mainFrame = { url: '', parent: null };
  readonly sent: unknown[][] = [];
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | null = null;
  reloads = 0;

  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: string }): void {
    this.openHandler = handler;
  }
  send(...words: unknown[]): void {
    this.sent.push(words);
  }
  reload(): void {
    this.reloads++;
  }
  isDestroyed(): boolean {
    return false;
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: Electron.BrowserWindowConstructorOptions;
  loaded: string | null = null;
  focused = 0;
  readonly shields: boolean[] = [];

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    record.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  static getAllWindows(): BrowserWindow[] {
    return record.windows;
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
    this.webContents.mainFrame.url = url;
  }
  setContentProtection(on: boolean): void {
    this.shields.push(on);
  }
  setMenuBarVisibility(): void {}
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
  show(): void {}
  focus(): void {
    this.focused++;
  }
}

export class FakePort extends EventEmitter {
  peer: FakePort | null = null;
  readonly unread: unknown[] = [];
  started = false;

  /** What crosses is cloned, as between real processes. */
  postMessage(message: unknown): void {
    this.peer?.receive(structuredClone(message));
  }
  receive(data: unknown): void {
    if (this.started) queueMicrotask(() => this.emit('message', { data }));
    else this.unread.push(data);
  }
  start(): void {
    this.started = true;
    for (const data of this.unread.splice(0)) this.receive(data);
  }
  close(): void {
    this.peer?.emit('close');
  }
}

export class MessageChannelMain {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

export class FakeUtilityProcess extends EventEmitter {
  readonly words: { readonly message: unknown; readonly ports: readonly FakePort[] }[] = [];
  readonly path: string;
  killed = false;

  constructor(path: string) {
    super();
    this.path = path;
  }
  postMessage(message: unknown, ports: readonly FakePort[] = []): void {
    this.words.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    this.emit('exit', 1);
    return true;
  }
}

class FakeApp extends EventEmitter {
  readonly isPackaged = true;
  enableSandbox(): void {
    record.sandboxed = true;
    record.order.push('sandbox');
  }
  setPath(name: string, path: string): void {
    if (name === 'userData') record.userData = path;
  }
  setAppUserModelId(id: string): void {
    record.appUserModelId = id;
  }
  getVersion(): string {
    return '0.1.0';
  }

  getPath(name: string): string {
    if (name === 'documents' && record.noDocuments) throw new Error("Failed to get 'documents' path");
    return record.userData;
  }
  requestSingleInstanceLock(): boolean {
    return record.singleInstance;
  }
  async whenReady(): Promise<void> {
    record.order.push('ready');
  }
  quit(): void {
    record.quits++;
  }
  exit(code: number): void {
    record.exitCode = code;
  }
}

/** What of a part of Electron the shell uses, by name: each must be a member of the real one. */
type Uses<Part, Names extends keyof Part> = Record<Names, unknown>;

export const app = new FakeApp() satisfies Uses<Electron.App, 'enableSandbox' | 'setPath' | 'setAppUserModelId' | 'getPath' | 'getVersion' | 'requestSingleInstanceLock' | 'whenReady' | 'quit' | 'exit' | 'isPackaged' | 'on'>;

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]): void => {
    record.schemes.push(...schemes);
    record.order.push('schemes');
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response> | Response): void => void record.schemeHandlers.set(scheme, handler),
} satisfies Partial<Electron.Protocol>;

export const ipcMain = {
  handle: (channel: string, handler: Handler): void => void record.handlers.set(channel, handler),
} satisfies Uses<Electron.IpcMain, 'handle'>;

type Asked = (...words: never[]) => unknown;

export class FakeSession extends EventEmitter {
  readonly asked = new Map<string, Asked>();
  readonly webRequest = { onBeforeRequest: (handler: Asked): void => void this.asked.set('request', handler) };
  setPermissionRequestHandler = (handler: Asked): void => void this.asked.set('permission', handler);
  setPermissionCheckHandler = (handler: Asked): void => void this.asked.set('check', handler);
  setDevicePermissionHandler = (handler: Asked): void => void this.asked.set('device', handler);
  setDisplayMediaRequestHandler = (handler: Asked): void => void this.asked.set('display', handler);
  setBluetoothPairingHandler = (handler: Asked): void => void this.asked.set('bluetooth', handler);
  setUSBProtectedClassesHandler = (handler: Asked): void => void this.asked.set('usb', handler);
}

export const session = { defaultSession: new FakeSession() satisfies Uses<Electron.Session, 'webRequest' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'> };

export const utilityProcess = {
  fork: (path: string): FakeUtilityProcess => {
    const child = new FakeUtilityProcess(path);
    record.forks.push(child);
    return child;
  },
} satisfies Uses<typeof Electron.utilityProcess, 'fork'>;

/** Seals by turning bytes around: enough to see that what lies on disk is not the key. */
export const safeStorage = {
  isEncryptionAvailable: (): boolean => true,
  getSelectedStorageBackend: (): 'gnome_libsecret' => 'gnome_libsecret',
  encryptString: (text: string): Buffer => Buffer.from(text, 'utf8').map((byte) => byte ^ 0xa5) as Buffer,
  decryptString: (sealed: Buffer): string => Buffer.from(sealed.map((byte) => byte ^ 0xa5)).toString('utf8'),
} satisfies Partial<Electron.SafeStorage>;

export const dialog = {
  showErrorBox: (_title: string, content: string): void => void record.errors.push(content),
  showMessageBox: async (options: { readonly detail?: string }): Promise<{ readonly response: number }> => {
    record.questions.push(options);
    return { response: record.answer };
  },
} satisfies Uses<Electron.Dialog, 'showErrorBox' | 'showMessageBox'>;

export const shell = { openExternal: async (address: string): Promise<void> => void record.opened.push(address) } satisfies Partial<Electron.Shell>;

export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: (): void => {},
} satisfies Uses<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
