import type { Configuration } from 'electron-builder';

/** Every fuse of Electron's binary, stated: a fuse of a newer Electron does not compile until someone has thought about it. Read back from the packed program by test/package. */
export const fuses = {
  runAsNode: true, // the hosts of token drivers, and of the process that draws pages, are Electron's own binary run as Node (ADR 0025)
  enableCookieEncryption: true, // there are no cookies; should there be one, it is sealed
  enableNodeOptionsEnvironmentVariable: false, // no code by NODE_OPTIONS, no authority by NODE_EXTRA_CA_CERTS
  enableNodeCliInspectArguments: false, // no debugger on a signing program
  enableEmbeddedAsarIntegrityValidation: true, // a changed program does not start
  onlyLoadAppFromAsar: true, // nor one put beside it
  loadBrowserProcessSpecificV8Snapshot: false, // none is shipped
  grantFileProtocolExtraPrivileges: false, // the page is app://, files are nothing special
  resetAdHocDarwinSignature: false, // electron-builder signs after the fuses are set
} as const satisfies Required<NonNullable<Configuration['electronFuses']>>;
