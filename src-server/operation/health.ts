import { json, type Reply } from '../http/call.ts';
import type { ContentStore, Storage } from '../storage/port.ts';

export type HealthOptions = {
  readonly storage: Pick<Storage, 'ping'>; readonly content: Pick<ContentStore, 'ping'>; readonly node: string; readonly version: string;
  /** On its way out: a balancer sends nobody here any more. */
  readonly stopping: () => boolean;
};

const waitMs = 2000;
const keptMs = 1000;

/** GET /healthz: 200 when work can be done here, else 503 and what is wrong. A look is kept for a second, whoever asks. */
export function createHealth({ storage, content, node, version, stopping }: HealthOptions): () => Promise<Reply> {
  let last: { readonly at: number; readonly found: Promise<{ storage: string; content: string }> } | null = null;

  async function look() {
    const [database, files] = await Promise.all([isUp(storage.ping), isUp(content.ping)]);
    return { storage: database, content: files };
  }

  return async () => {
    if (last === null || performance.now() - last.at > keptMs) last = { at: performance.now(), found: look() };
    const found = await last.found;
    const ok = found.storage === 'ok' && found.content === 'ok' && !stopping();
    return { ...json(ok ? 200 : 503, { ok, ...found, stopping: stopping(), node, version }), headers: ok ? {} : { 'retry-after': 5 } };
  };
}

async function isUp(ping: () => Promise<void>): Promise<'ok' | 'down' | 'slow'> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => (timer = setTimeout(() => resolve('slow'), waitMs)));
  try {
    return await Promise.race([ping().then(() => 'ok' as const, () => 'down' as const), slow]);
  } finally {
    clearTimeout(timer);
  }
}
