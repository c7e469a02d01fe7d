import { join } from 'node:path';
import type { DownloadItem, Session, WebContents } from 'electron';
import { isOurPage } from './page.ts';

/** More saves than this at a time are a page that covers the desk with dialogs. */
const mostAtOnce = 3;
const longestName = 150;

/** What a double click would run instead of show (Windows' own list of launchable endings, and containers that shed the mark of the web). */
const programEndings: ReadonlySet<string> = new Set([
  'appref-ms', 'appx', 'appxbundle', 'bat', 'chm', 'cmd', 'com', 'cpl', 'desktop', 'dll', 'exe', 'gadget', 'hta', 'htm', 'html', 'img', 'inf', 'iso', 'jar', 'js', 'jse', 'library-ms', 'lnk', 'mht', 'mhtml', 'msc', 'msi', 'msix',
  'msp', 'mst', 'ocx', 'pif', 'ps1', 'ps1xml', 'psc1', 'psm1', 'reg', 'scf', 'scr', 'search-ms', 'settingcontent-ms', 'sh', 'svg', 'sys', 'theme', 'url', 'vb', 'vbe', 'vbs', 'vhd', 'vhdx', 'website', 'ws', 'wsc', 'wsf', 'wsh', 'xll',
]);

export type DownloadOptions = {
  readonly session: Pick<Session, 'on'>;
  /** Where the person's own files lie; the dialog begins there. */
  readonly folder: string;
  readonly isOurWindow: (contents: Pick<WebContents, 'id'>) => boolean;
};

/** A file leaves the page in one way: as bytes that a use-case gave it, to a place that the person chooses in the system's dialog. */
export function guardDownloads({ session, folder, isOurWindow }: DownloadOptions): void {
  const open = new Set<DownloadItem>();
  session.on('will-download', (event, item, contents) => {
    if (!isOurBlob(item.getURL()) || !isOurWindow(contents) || open.size >= mostAtOnce) return event.preventDefault();
    open.add(item);
    item.once('done', () => open.delete(item));
    // without a path of our own Electron asks the person; nothing is ever saved without
    item.setSaveDialogOptions({ title: 'Lưu tệp', buttonLabel: 'Lưu', defaultPath: join(folder, safeFileName(item.getFilename())), properties: ['showOverwriteConfirmation'] });
    return undefined;
  });
}

function isOurBlob(address: string): boolean {
  return address.startsWith('blob:') && isOurPage(address.slice('blob:'.length));
}

/** The name that is proposed. It may come from a sender's document: no folder, no hidden or turning characters, no device of Windows, and nothing that would run. */
export function safeFileName(given: string): string {
  const plain = given
    .normalize('NFC')
    // controls, and the marks that write right to left: «hoá‮fdp.exe» would be read as «hoáexe.pdf»
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"/\\|?*]/g, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  const dot = plain.lastIndexOf('.');
  const ending = dot > 0 ? plain.slice(dot + 1) : '';
  const stem = dot > 0 ? plain.slice(0, dot) : plain;
  const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i.test(plain);
  const name = `${isDevice ? '_' : ''}${Array.from(stem || 'tep').slice(0, longestName).join('').trimEnd()}${ending === '' ? '' : `.${ending.slice(0, 20)}`}`;
  return programEndings.has(ending.toLowerCase()) ? `${name}.txt` : name;
}
