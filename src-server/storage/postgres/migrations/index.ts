import { base } from './0010-base.ts';
import { recordNumber } from './0020-record-number.ts';
import { axis } from './0030-axis.ts';
import { figures } from './0040-figures.ts';

/** Forward only, in this order; what has been released is never changed again. */
export const migrations: readonly { readonly version: number; readonly sql: string }[] = [
  { version: 10, sql: base },
  { version: 20, sql: recordNumber },
  { version: 30, sql: axis },
  { version: 40, sql: figures },
];

export const newestVersion = migrations.at(-1)?.version ?? 0;
