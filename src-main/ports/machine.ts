import type { MachineFacts } from '../../src-shared/domain/diagnosis.ts';

/** What is known of the machine beneath the desk. Nothing of it throws. */
export type MachinePort = {
  readonly system: () => string;
  readonly disk: () => Promise<MachineFacts['disk']>;
  /** What is written down of the last days; null where nothing can be. */
  readonly crashes: () => MachineFacts['crashes'];
  readonly database: () => MachineFacts['database'];
  /** Asks the server once, at most ten seconds. */
  readonly askServer: () => Promise<MachineFacts['server']>;
  /** Whether the system's environment names a proxy. */
  readonly usesProxy: () => boolean;
};
