import { z } from 'zod';
import { updatePlatform } from '../../src-shared/protocol/update.ts';
import { createLog } from './log.ts';
import { serveDoor, type ConnectionPort } from './port.ts';
import { watchOwnFall } from '../crashes/crashes.ts';
import { openProgram, type Program } from './program.ts';
import { version } from './version.ts';
import { useResources } from '../signing/appearance/fonts.ts';

/**
 * The backend as Electron's utility process. It hears four words from the shell: `start` (open the program on its folder),
 * `open-files` (what the system gave the program), `connect` (one window, with its port) and `stop` (close everything, then leave).
 */
const key = z.string().regex(/^[0-9a-f]{64}$/);
const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    rootDir: z.string().min(1),
    /** Null: the system keeps no key for it. */
    keys: z.object({ office: key.nullable(), practice: key.nullable() }),
    open: z.enum(['office', 'practice', 'remembered']),
    resourcesDir: z.string().min(1),
    /** What it was installed as; left out where it was not. */
    installedFor: updatePlatform.optional(),
  }),
  z.object({ type: z.literal('open-files'), paths: z.array(z.string().max(32_768)).max(100) }),
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('stop') }),
]);

type ParentPort = {
  readonly on: (event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly ConnectionPort[] }) => void) => unknown;
  readonly postMessage: (message: unknown) => void;
};

export function serveBackend(parent: ParentPort): void {
  const log = createLog('backend');
  let opening: Promise<Program> | null = null;
  parent.on('message', ({ data, ports }) => {
    const parsed = message.safeParse(data);
    if (!parsed.success) return log('error', 'unknown word from the shell');
    const word = parsed.data;
    switch (word.type) {
      case 'start':
        // bundled, the program lies elsewhere than its sources
        useResources(word.resourcesDir);
        watchOwnFall(word.rootDir, 'backend', version);
        opening ??= openProgram({ rootDir: word.rootDir, resourcesDir: word.resourcesDir, open: word.open, keys: { office: readKey(word.keys.office), practice: readKey(word.keys.practice) }, ...(word.installedFor === undefined ? {} : { installedFor: word.installedFor }) });
        opening.then(
          () => parent.postMessage({ type: 'ready' }),
          (error: unknown) => {
            log('error', 'the program did not open', { error: error instanceof Error ? error.message : 'unknown' });
            parent.postMessage({ type: 'failed' });
          },
        );
        return undefined;
      case 'open-files':
        void opening?.then((program) => program.openFiles(word.paths), () => {});
        return undefined;
      case 'connect': {
        const port = ports[0];
        if (port === undefined || opening === null) return log('error', 'connect without a port or before start');
        void opening.then((program) => serveDoor(program.connect(), port), () => {});
        return undefined;
      }
      case 'stop':
        void Promise.resolve(opening?.then((program) => program.close())).finally(() => process.exit(0));
        return undefined;
    }
  });
}

function readKey(hex: string | null): Uint8Array | null {
  return hex === null ? null : Buffer.from(hex, 'hex');
}

const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort };
if (parentPort !== undefined) serveBackend(parentPort);
