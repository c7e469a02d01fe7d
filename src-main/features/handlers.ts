import type { Channel, Output, ParsedInput } from '../../src-shared/contract/index.ts';
import type { Result } from '../../src-shared/result.ts';

/** One use-case a channel. The gate has parsed the input; it parses the output too, so nothing unlisted leaks to a screen. */
export type Handlers = {
  readonly [C in Channel]: (input: ParsedInput<C>) => Promise<Result<Output<C>>> | Result<Output<C>>;
};

/** Answered at the door, above any desk: they are there before anyone has signed in. */
export type DoorChannel = Extract<Channel, `session.${string}` | `settings.${string}` | `opened.${string}`>;
export type DoorHandlers = Pick<Handlers, DoorChannel>;
export type DeskHandlers = Omit<Handlers, DoorChannel>;

export function isDoorChannel(channel: string): channel is DoorChannel {
  return channel.startsWith('session.') || channel.startsWith('settings.') || channel.startsWith('opened.');
}
