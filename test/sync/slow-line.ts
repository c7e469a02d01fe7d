import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

type Parcel = { readonly to: Socket; readonly bytes: Uint8Array; readonly dueAt: number };

/**
 * A relay that carries so many bytes a second, all connections and one direction together, each byte so many ms late. What the line cannot carry stands in a queue as long as
 * `queueBytes`, and beyond that where it came from.
 */
export async function openSlowLine(t: TestContext, targetUrl: string, options: { readonly bytesPerSecond: number; readonly delayMs: number; readonly queueBytes?: number }): Promise<{ readonly url: string; readonly carried: () => { readonly up: number; readonly down: number } }> {
  const { bytesPerSecond, delayMs, queueBytes = 30_000 } = options;
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const carried = { up: 0, down: 0 };

  function direction(name: 'up' | 'down') {
    const queue: Parcel[] = [];
    const takers = new Set<() => void>();
    let queued = 0;
    let freeAt = performance.now();
    const pump = (): void => {
      const now = performance.now();
      for (let head = queue[0]; head !== undefined && head.dueAt <= now; head = queue[0]) {
        queue.shift();
        queued -= head.bytes.length;
        carried[name] += head.bytes.length;
        if (!head.to.destroyed) head.to.write(head.bytes);
      }
      // taken down first: one that finds the queue full puts itself there again
      const ready = Array.from(takers);
      for (const take of ready) take();
    };
    const timer = setInterval(pump, 5);
    t.after(() => clearInterval(timer));
    return (from: Socket, to: Socket): void => {
      // packet by packet, so that connections share the line, and no more than the queue takes: the rest stands where it came from, and dies with its connection
      const take = (): void => {
        takers.delete(take);
        while (queued < queueBytes) {
          const part = from.read(Math.min(1400, from.readableLength)) as Uint8Array | null;
          if (part === null) return;
          freeAt = Math.max(freeAt, performance.now()) + (part.length / bytesPerSecond) * 1000;
          queue.push({ to, bytes: part, dueAt: freeAt + delayMs });
          queued += part.length;
        }
        takers.add(take);
      };
      from.on('readable', take);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        // what a dead connection had in the queue is carried to nobody, but has used the line
        takers.delete(take);
        to.end();
      });
    };
  }

  const [up, down] = [direction('up'), direction('down')];
  const relay = createServer({ highWaterMark: 2048 }, (near) => {
    const far = connect({ host: target.hostname, port: Number(target.port) });
    sockets.add(near).add(far);
    up(near, far);
    down(far, near);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    relay.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`, carried: () => ({ ...carried }) };
}
