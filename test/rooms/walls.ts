/**
 * Which room may import what. A target is a room of this table (a folder), or a package. The longest folder that holds a file is its room;
 * a room may always import itself. `node:` stands for every module of Node's own.
 */
export type Wall = { readonly rooms: readonly string[]; readonly packages: readonly string[] };

/** Rooms that hold no driver: use-cases and what they are made of. */
const backendRooms = ['src-shared', 'src-main/ports'];
const everyBackendRoom = [
  'src-main/backend', 'src-main/features', 'src-main/store', 'src-main/sync', 'src-main/pdf', 'src-main/signing', 'src-main/verification', 'src-main/verification/look', 'src-main/trust', 'src-main/authorities', 'src-main/augmentation', 'src-main/token', 'src-main/print', 'src-main/edxml', 'src-main/packages', 'src-main/updates', 'src-main/backup', 'src-main/crashes',
];

export const walls: Readonly<Record<string, Wall>> = {
  resources: { rooms: [], packages: [] },
  'src-shared': { rooms: [], packages: ['zod'] },
  // packages of the national axis, read and written without a file or a socket: what hashes is handed in
  'src-shared/edxml': { rooms: ['src-shared'], packages: ['saxes', 'fflate', 'zod'] },
  // figures as pictures, the same on the screen, on paper and in the province's page
  'src-shared/charts': { rooms: ['src-shared'], packages: ['echarts'] },
  'src-renderer/i18n': { rooms: ['src-shared', 'src-renderer'], packages: ['react', 'react-aria-components'] },
  'src-renderer': {
    rooms: ['src-shared', 'src-shared/charts', 'src-renderer/i18n'],
    packages: ['react', 'react-dom', 'react-aria-components', 'lucide-react', 'pdfjs-dist', 'driver.js', '@fontsource/be-vietnam-pro', '@internationalized/date', '@messageformat/runtime', 'zod'],
  },
  // decides and answers; what it keeps lies behind storage/port.ts
  'src-server': { rooms: ['src-shared', 'src-shared/edxml', 'src-shared/charts', 'src-server/storage', 'src-server/storage/postgres'], packages: ['node:', 'zod', 'prom-client', 'asn1js', 'pkijs'] },
  'src-server/storage': { rooms: ['src-shared', 'src-server'], packages: ['node:', 'better-sqlite3', 'zod'] },
  'src-server/storage/postgres': { rooms: ['src-shared', 'src-server', 'src-server/storage'], packages: ['node:', 'pg', 'zod'] },

  'src-main/ports': { rooms: ['src-shared'], packages: ['node:', 'zod'] },
  'src-main/store': { rooms: backendRooms, packages: ['node:', 'better-sqlite3', 'zod'] },
  // the driver list is data that ships
  'src-main/token': { rooms: [...backendRooms, 'resources'], packages: ['node:', 'pkcs11js', 'zod', 'asn1js', 'pkijs'] },
  'src-main/sync': { rooms: backendRooms, packages: ['node:', 'zod'] },
  // the file's own structure and its encryption: no signatures, no pictures
  'src-main/pdf': { rooms: backendRooms, packages: ['node:'] },
  'src-main/signing': {
    rooms: [...backendRooms, 'src-main/pdf'],
    packages: ['node:', 'asn1js', 'pkijs', 'pdfjs-dist', '@cantoo/pdf-lib', 'zod'],
  },
  'src-main/verification': { rooms: [...backendRooms, 'src-main/verification/look', 'src-main/pdf', 'src-main/signing'], packages: ['node:', 'asn1js', 'pkijs', 'zod'] },
  // how pages look, in a process of its own: the one place where another reader than ours draws what it finds
  'src-main/verification/look': { rooms: [...backendRooms, 'src-main/verification'], packages: ['node:', 'pdfjs-dist', '@napi-rs/canvas', 'zod'] },
  // whom the desk believes: certificates read with the verifier's eyes
  'src-main/trust': { rooms: [...backendRooms, 'src-main/verification'], packages: ['node:', 'zod'] },
  // goes out to the services of certification authorities; what it asks and is answered is read by the verifier's own readers
  'src-main/authorities': { rooms: [...backendRooms, 'src-main/verification', 'src-main/verification/look', 'src-main/trust', 'src-main/signing'], packages: ['node:'] },
  // what is added after the signature: sees a file with the verifier's eyes, writes it with the signer's hand
  'src-main/augmentation': { rooms: [...backendRooms, 'src-main/pdf', 'src-main/signing', 'src-main/verification'], packages: ['node:'] },
  // pages of paper: the type and how it is read are the signer's
  'src-main/print': { rooms: [...backendRooms, 'src-shared/charts', 'src-main/signing'], packages: ['node:', 'pdfmake', 'write-excel-file', 'write-excel-file/node', 'fflate'] },
  'src-main/edxml': { rooms: [...backendRooms, 'src-shared/edxml'], packages: ['node:', 'zod'] },
  // work carried by hand: sealed with Node's own cryptography, nothing else
  'src-main/packages': { rooms: backendRooms, packages: ['node:', 'zod'] },
  // new versions of the program: what is believed, and what lies on the disk. The line is the sync's, the installer the shell's
  'src-main/updates': { rooms: backendRooms, packages: ['node:', 'zod'] },
  // copies of a whole profile, and the way back: its files, its owner, its lock
  'src-main/backup': { rooms: [...backendRooms, 'src-main/store', 'src-main/office', 'src-main/features'], packages: ['node:', 'zod'] },
  // that a part of the program fell: written by whoever is left, read by whoever helps
  'src-main/crashes': { rooms: ['src-shared'], packages: ['node:', 'zod'] },
  'src-main/features': { rooms: backendRooms, packages: ['node:', 'zod'] },
  // the composition root builds everything; its entry opens the real office or the practice
  'src-main/backend': { rooms: [...backendRooms, ...everyBackendRoom, 'src-main/office', 'src-main/practice'], packages: ['node:', 'zod'] },
  // an office with its own provincial server inside: the one room of the house that may hold the province
  'src-main/practice': { rooms: [...backendRooms, ...everyBackendRoom, 'src-server'], packages: ['node:', 'zod', 'asn1js', 'pkijs'] },
  // a real office: its profile, its sign-in, its desk
  'src-main/office': { rooms: [...backendRooms, ...everyBackendRoom], packages: ['node:', 'zod'] },
  'src-main/cli': { rooms: [...backendRooms, ...everyBackendRoom, 'src-main/office'], packages: ['node:', 'zod', 'asn1js', 'pkijs'] },

  'src-main/shell': { rooms: ['src-shared', 'src-main/crashes'], packages: ['node:', 'electron', 'electron-updater', 'zod'] },
  'src-main/preload': { rooms: ['src-shared'], packages: ['electron'] },

  // how it is made and started; `start.ts` opens the practice office behind the browser shell
  build: {
    // the words of both languages are compiled when the page is made
    rooms: ['src-shared', 'src-main/practice', 'src-main/backend', 'test/browser-shell', 'src-renderer/i18n'],
    packages: ['node:', 'esbuild', 'electron-builder', 'playwright-core', '@electron/fuses', '@messageformat/core', '@messageformat/core/compile-module', 'zod'],
  },
  'test/browser-shell': { rooms: ['src-shared'], packages: ['node:', 'ws', 'zod'] },
};

/** Source rooms: everything in them is held to the table, and none of them may import a test-only folder. */
export const sourceFolders = ['src-shared', 'src-renderer', 'src-server', 'src-main', 'build', 'test/browser-shell'] as const;
