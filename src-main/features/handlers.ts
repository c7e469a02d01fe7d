import type { Channel, Output, ParsedInput } from '../../src-shared/contract/index.ts';
import type { Result } from '../../src-shared/result.ts';

/** One use-case a channel. The gate has parsed the input; it parses the output too, so nothing unlisted leaks to a screen. */
export type Handlers = {
  readonly [C in Channel]: (input: ParsedInput<C>) => Promise<Result<Output<C>>> | Result<Output<C>>;
};
