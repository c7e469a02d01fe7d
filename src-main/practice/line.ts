import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Line = {
  /** The far end as seen through this line. */
  readonly url: string;
  /** Ends every connection at once and refuses new ones. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** Cuts by itself after so many more bytes have gone through, both directions together. */
  readonly cutAfterBytes: (bytes: number) => void;
  /** Stops moving bytes without ending anything, as a half-open link does; `mend` lets them go on. */
  readonly stall: () => void;
  readonly stallAfterBytes: (bytes: number) => void;
  readonly isUp: () => boolean;
  /** Bytes that went through since the line was made, by direction. */
  readonly bytes: () => { readonly up: number; readonly down: number };
  /** Resolves when the line has been cut, by whom ever. */
  readonly whenCut: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * A TCP relay on loopback in front of `targetUrl` that can be cut: the practice office's "cut the line", and the tests' faults.
 * A cut line refuses connections (the listener's socket is reset at once), so callers see what they see without a network.
 */
export async function createLine(targetUrl: string): Promise<Line> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  const ending = new Set<Socket>();
  const cutListeners = new Set<() => void>();
  const moved = { up: 0, down: 0 };
  let state: 'up' | 'cut' | 'stalled' = 'up';
  let budget = Number.POSITIVE_INFINITY;
  let whenSpent: 'cut' | 'stall' = 'cut';

  function cut(): void {
    state = 'cut';
    budget = Number.POSITIVE_INFINITY;
    for (const socket of open) breakOff(socket);
    open.clear();
    for (const listener of cutListeners) listener();
    cutListeners.clear();
  }

  function stall(): void {
    state = 'stalled';
    budget = Number.POSITIVE_INFINITY;
    for (const socket of open) socket.pause();
  }

  function join(from: Socket, to: Socket, direction: 'up' | 'down'): void {
    from.on('data', (chunk) => {
      const part = whenSpent === 'cut' && chunk.length > budget ? chunk.subarray(0, budget) : chunk;
      budget -= part.length;
      moved[direction] += part.length;
      if (budget <= 0 && whenSpent === 'stall') stall();
      if (budget <= 0) {
        // what went through has arrived: a reset would take it back out of the receiver's buffer
        from.pause();
        to.end(part);
        open.delete(to);
        ending.add(to);
        cut();
        return;
      }
      const mayGoOn = to.write(part);
      if (!mayGoOn) {
        from.pause();
        to.once('drain', () => {
          if (state !== 'stalled') from.resume();
        });
      }
    });
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      ending.delete(from);
      if (!ending.has(to)) to.destroy();
    });
  }

  const relay = createServer({ allowHalfOpen: true }, (near) => {
    near.on('error', () => near.destroy());
    if (state === 'cut') {
      breakOff(near);
      return;
    }
    const far = connect({ host: target.hostname, port: Number(target.port), allowHalfOpen: true });
    open.add(near).add(far);
    join(near, far, 'up');
    join(far, near, 'down');
    if (state === 'stalled') for (const socket of [near, far]) socket.pause();
  });
  await new Promise<void>((resolve, reject) => {
    relay.once('error', reject);
    relay.listen(0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      if (state === 'stalled') for (const socket of open) socket.resume();
      state = 'up';
    },
    cutAfterBytes: (bytes) => {
      budget = bytes;
      whenSpent = 'cut';
    },
    stall,
    stallAfterBytes: (bytes) => {
      budget = bytes;
      whenSpent = 'stall';
    },
    isUp: () => state === 'up',
    bytes: () => ({ ...moved }),
    whenCut: () => (state === 'cut' ? Promise.resolve() : new Promise((resolve) => cutListeners.add(resolve))),
    close: async () => {
      const closed = new Promise((resolve) => relay.close(resolve));
      cut();
      for (const socket of ending) socket.destroy();
      await closed;
    },
  };
}

/** libuv refuses to reset a socket that is shutting down (uv_tcp_close_reset: EINVAL), and Node then never closes its handle: the process cannot end. */
function breakOff(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
