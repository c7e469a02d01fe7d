import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Balancer = { readonly url: string; readonly close: () => Promise<void> };

/** What stands before the nodes of a province: each connection goes to the next node that takes it; one that ends ends its connections. `ports` is asked anew each time. */
export async function createBalancer(ports: () => readonly number[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let turn = 0;

  function join(near: Socket, tries: number): void {
    const nodes = ports();
    const port = nodes[turn++ % Math.max(1, nodes.length)];
    if (port === undefined || tries > nodes.length) {
      near.destroy();
      return;
    }
    const far = connect({ host: '127.0.0.1', port });
    open.add(far);
    let up = false;
    far.once('connect', () => {
      up = true;
      near.pipe(far).pipe(near);
    });
    far.on('error', () => {
      if (up) near.destroy();
      else join(near, tries + 1);
    });
    far.on('close', () => {
      open.delete(far);
      if (up) near.destroy();
    });
    near.on('close', () => far.destroy());
  }

  const relay = createServer((near) => {
    open.add(near);
    near.on('error', () => near.destroy());
    near.on('close', () => open.delete(near));
    join(near, 1);
  });
  await new Promise<void>((resolve, reject) => {
    relay.once('error', reject);
    relay.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => relay.close(resolve));
    },
  };
}
