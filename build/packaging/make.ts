import { join } from 'node:path';
import { build } from 'electron-builder';
import { bundleStale } from '../bundle.ts';
import { makeLegal } from './legal.ts';

/** `node build/packaging/make.ts`: bundles, bill of materials, licences, then the installers of this system into `out`. `ELECTRON_MIRROR` says where Electron comes from. */
const root = join(import.meta.dirname, '../..');
await bundleStale(['renderer', 'preload', 'shell', 'backend']);
makeLegal(join(root, 'dist/legal'));
const kinds = process.platform === 'win32' ? ['machine', 'user'] : ['machine'];
for (const kind of kinds) {
  process.env['VAN_THU_INSTALL'] = kind;
  for (const file of await build({ projectDir: root, publish: 'never' })) process.stdout.write(`${file}\n`);
}
