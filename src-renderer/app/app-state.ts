import type { Output } from '../../src-shared/contract/index.ts';

/** Who sits here, in which role and unit, and whether it is for practice. */
export type AppState = Output<'app.state'>;
