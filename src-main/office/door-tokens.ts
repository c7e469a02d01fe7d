import type { Output } from '../../src-shared/contract/index.ts';
import type { TokenPort } from '../ports/token.ts';

/** Nobody has looked for so long: the drivers' processes end. */
const idleMs = 30_000;

export type DoorTokens = ReturnType<typeof createDoorTokens>;

/**
 * The machine's tokens while nobody has a desk: their drivers are started when the sign-in screen first asks, and let go when somebody has signed in or nobody asks any more.
 */
export function createDoorTokens(open: () => TokenPort): {
  readonly list: () => Promise<Output<'session.certificates'>>;
  readonly use: <T>(work: (tokens: TokenPort) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
} {
  let tokens: TokenPort | null = null;
  let users = 0;
  let idle: NodeJS.Timeout | null = null;
  let closing: Promise<void> = Promise.resolve();

  function close(): Promise<void> {
    if (idle !== null) clearTimeout(idle);
    idle = null;
    const left = tokens;
    tokens = null;
    if (left !== null) closing = closing.then(() => left.close());
    return closing;
  }

  async function use<T>(work: (tokens: TokenPort) => Promise<T>): Promise<T> {
    if (idle !== null) clearTimeout(idle);
    idle = null;
    users += 1;
    // a driver is not started anew while its last process is still leaving
    await closing;
    tokens ??= open();
    try {
      return await work(tokens);
    } finally {
      users -= 1;
      if (users === 0 && tokens !== null) {
        idle = setTimeout(() => void close(), idleMs);
        idle.unref();
      }
    }
  }

  return {
    list: () => use(async (port) => {
      const { tokens: found, drivers } = await port.list();
      return { tokens: [...found], drivers: [...drivers] };
    }),
    use,
    close,
  };
}
