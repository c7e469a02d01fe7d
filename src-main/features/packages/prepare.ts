import type { SyncStatus } from '../../../src-shared/contract/office.ts';
import type { DeskContext } from '../context.ts';

const setting = 'packages.asked';
const everyMs = 24 * 3600_000;
/** After a refusal. */
const againMs = 600_000;

/** While there is a line, and nothing else to send over it, the server's key is fetched, so that a package can be sealed when there is none. Returns what ends it. */
export function prepareForOutages({ packages, sync, store, now, log }: DeskContext): () => void {
  let asking = false;
  let notBeforeMs = 0;
  const look = (status: SyncStatus): void => {
    if (asking || status.line !== 'up' || !status.signedIn || status.lastSyncAt === null || status.pending > 0 || now().getTime() < notBeforeMs) return;
    const asked = Number(store.getSetting(setting) ?? 0);
    // also when the clock was set back
    if (packages.isReady() && Math.abs(now().getTime() - asked) < everyMs) return;
    asking = true;
    void packages.prepare().then((prepared) => {
      asking = false;
      if (prepared.ok) store.setSetting(setting, String(now().getTime()));
      else {
        notBeforeMs = now().getTime() + againMs;
        log('info', 'no key for packages yet', { code: prepared.error.code });
      }
    }).catch((error: unknown) => {
      // the desk was closed under way
      log('warn', 'no key for packages', { error: error instanceof Error ? error.name : 'thrown value' });
    });
  };
  return sync.onStatus(look);
}
