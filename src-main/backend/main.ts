import { z } from 'zod';
import { openPracticeOffice, type PracticeOffice } from '../practice/office.ts';
import { serveDoor, type ConnectionPort } from './port.ts';
import { createLog } from './log.ts';
import { useResources } from '../signing/appearance/fonts.ts';

/**
 * The backend as Electron's utility process. It hears three words from the shell: `start` (open the office), `connect` (one window, with its
 * port) and `stop` (close everything, then leave). A real office begins with its sign-in screen; until that stands, this opens the practice office.
 */
const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), profileDir: z.string().min(1), key: z.string().regex(/^[0-9a-f]{64}$/), practice: z.boolean(), resourcesDir: z.string().min(1) }),
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('stop') }),
]);

type ParentPort = {
  readonly on: (event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly ConnectionPort[] }) => void) => unknown;
  readonly postMessage: (message: unknown) => void;
};

export function serveBackend(parent: ParentPort): void {
  const log = createLog('backend');
  let opening: Promise<PracticeOffice> | null = null;
  parent.on('message', ({ data, ports }) => {
    const parsed = message.safeParse(data);
    if (!parsed.success) return log('error', 'unknown word from the shell');
    const word = parsed.data;
    switch (word.type) {
      case 'start':
        // bundled, the program lies elsewhere than its sources
        useResources(word.resourcesDir);
        opening ??= openPracticeOffice({ dir: word.profileDir, resourcesDir: word.resourcesDir, key: Buffer.from(word.key, 'hex') });
        opening.then(
          () => parent.postMessage({ type: 'ready' }),
          (error: unknown) => {
            log('error', 'the office did not open', { error: error instanceof Error ? error.message : 'unknown' });
            parent.postMessage({ type: 'failed' });
          },
        );
        return undefined;
      case 'connect': {
        const port = ports[0];
        if (port === undefined || opening === null) return log('error', 'connect without a port or before start');
        void opening.then((office) => serveDoor(office.connect(), port), () => {});
        return undefined;
      }
      case 'stop':
        void Promise.resolve(opening?.then((office) => office.close())).finally(() => process.exit(0));
        return undefined;
    }
  });
}

const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort };
if (parentPort !== undefined) serveBackend(parentPort);
