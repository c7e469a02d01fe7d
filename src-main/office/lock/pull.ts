import type { TokenPort } from '../../ports/token.ts';

/** As often as the sign-in screen looks. */
const everyMs = 3000;

/**
 * Tells once when the token of this thumbprint, which was seen before, is seen no more. A driver that hangs or fails has pulled nothing out: then it is as before, and looked at again.
 * Answers how to stop.
 */
export function watchPull(tokens: Pick<TokenPort, 'list' | 'watch'>, thumbprint: string, onPulled: () => void, pollMs = everyMs): () => void {
  let seen = false;
  let over = false;
  let turn: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    if (over) return;
    const { tokens: found, drivers } = await tokens.list();
    const isHere = found.some(({ certificates }) => certificates.some((one) => one.thumbprint === thumbprint));
    if (over) return;
    if (isHere) {
      seen = true;
      return;
    }
    if (!seen || drivers.some(({ problem }) => problem !== null && problem.code !== 'token.driver-missing')) return;
    stop();
    onPulled();
  }

  const again = (): void => {
    turn = turn.then(look, look);
  };
  const unwatch = tokens.watch(again, pollMs);
  function stop(): void {
    over = true;
    unwatch();
  }
  again();
  return stop;
}
