import type { BrowserWindowConstructorOptions } from 'electron';

/** Every security setting is stated, also where it is Electron's default: a default can change, a reason stays. */
export function windowOptions(preload: string, devTools: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Văn Thư',
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      sandbox: true, // hostile PDFs are shown here
      contextIsolation: true, // the page cannot reach the preload's own objects
      nodeIntegration: false, // the page has no Node
      nodeIntegrationInWorker: false, // nor have its workers
      nodeIntegrationInSubFrames: false, // nor frames, of which there are none
      webSecurity: true, // same-origin rules hold
      allowRunningInsecureContent: false, // nothing is loaded over http
      experimentalFeatures: false, // what is not finished is not attacked for us
      webviewTag: false, // no contents inside the contents
      navigateOnDragDrop: false, // a file dropped beside the target must not replace the desk
      safeDialogs: true, // a page cannot hold the desk by endless dialogs
      disableDialogs: true, // nor by any: our questions are part of the page
      plugins: false, // PDFs are shown by pdf.js alone, never by Chromium's own viewer
      enableDeprecatedPaste: false, // the clipboard is read by the person's own keys
      enableWebSQL: false, // nothing of a document lies unencrypted on disk
      spellcheck: false, // its dictionary would be fetched from a foreign server
      disableBlinkFeatures: 'Auxclick', // a middle click opens no window
      devTools, // none in a packaged program
    },
  };
}
