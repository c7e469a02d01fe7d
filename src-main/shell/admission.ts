import { channelNames } from '../../src-shared/contract/channel-names.ts';
import { fail, type Result } from '../../src-shared/result.ts';
import { weigh } from './weigh.ts';

/** As many calls of one window are at the backend together; the next ones wait their turn. */
const atTheBackend = 64;
/** An honest screen has a few dozen calls under way. What asks for more than this does not want answers. */
const inLine = 2000;
const bytesInLine = 128 * 1024 * 1024;

const known: ReadonlySet<string> = new Set(channelNames);

export type Admission = {
  /** Runs the call when its turn comes. `input.invalid` for what is no call of ours, `input.too-many` for a page that floods. */
  readonly admit: (channel: string, input: unknown, call: () => Promise<Result<unknown>>) => Promise<Result<unknown>>;
  /** Called and not answered yet, for tests. */
  readonly waiting: () => number;
};

/** One window's turnstile, before the backend sees anything: a page that a document has taken over keeps only itself waiting. */
export function createAdmission(): Admission {
  const line: { readonly run: () => void; readonly bytes: number }[] = [];
  let running = 0;
  let lineBytes = 0;

  function next(): void {
    while (running < atTheBackend) {
      const first = line.shift();
      if (first === undefined) return;
      lineBytes -= first.bytes;
      running++;
      first.run();
    }
  }

  return {
    admit: (channel, input, call) => {
      if (!known.has(channel)) return Promise.resolve(fail('input.invalid', { where: 'channel' }));
      const weight = weigh(input);
      if (typeof weight === 'string') return Promise.resolve(fail('input.invalid', { where: weight }));
      if (line.length >= inLine || lineBytes + weight > bytesInLine) return Promise.resolve(fail('input.too-many'));
      return new Promise((resolve) => {
        lineBytes += weight;
        line.push({
          bytes: weight,
          run: () => {
            void call().then(resolve).finally(() => {
              running--;
              next();
            });
          },
        });
        next();
      });
    },
    waiting: () => running + line.length,
  };
}
