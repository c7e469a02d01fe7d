import { join } from 'node:path';
import { build } from 'electron-builder';
import { bundleStale } from '../bundle.ts';
import { createConfiguration } from './configuration.ts';
import { makeLegal } from './legal.ts';

/** `node build/packaging/make.ts`: bundles, bill of materials, licences, then the installers of this system into `out`. `ELECTRON_MIRROR` says where Electron comes from. */
const root = join(import.meta.dirname, '../..');
await bundleStale(['renderer', 'preload', 'shell', 'backend']);
makeLegal(join(root, 'dist/legal'));
const kinds = process.platform === 'win32' ? ['machine', 'user'] : ['machine'];
for (const kind of kinds) {
  for (const file of await build({ projectDir: root, config: createConfiguration({ ...process.env, VAN_THU_INSTALL: kind }), publish: 'never' })) process.stdout.write(`${file}\n`);
}
