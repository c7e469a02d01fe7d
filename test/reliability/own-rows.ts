import type { ErrorCode } from '../../src-shared/errors.ts';
import { nothing, type Row } from './row.ts';

/** What is tried here, by `stored-faults.test.ts`: the key is what was tried and the test's name. */
export const ownFaults = {
  'one byte of the first page of desk.db is changed': 'store.damaged',
  'one byte of the first page of blobs.db is changed': 'store.damaged',
  'one byte in the midst of desk.db is changed': 'store.damaged',
  'a whole page of desk.db is zeros, as a disk that dies leaves it': 'store.damaged',
  'desk.db is cut in its middle': 'store.damaged',
  'desk.db is cut within its first page': 'store.damaged',
  'desk.db is all zeros': 'store.damaged',
  'another program wrote a letter over desk.db': 'store.damaged',
  'a byte of the header that lies open is changed': 'store.damaged',
  'desk.db of another profile is copied over ours': 'store.damaged',
  'the first pages of both files are damaged, which looks like another key': 'store.cannot-open',
  'the key is another one': 'store.cannot-open',
  'the profile’s folder is a file': 'store.cannot-open',
  'desk.db is a folder': 'store.cannot-open',
  'the store was made by a newer version': 'store.newer',
  'the steps of the store are not ours': 'store.cannot-open',
  'the index of the log (desk.db-shm) is rubbish': null,
  'the folder’s path has blanks, Vietnamese letters and 250 characters': null,
  'the profile is reached by a symbolic link': null,
  'another program reads desk.db all the while, as an antivirus does': null,
  'the machine’s date is 1970, then 2099, then right again': null,
} as const satisfies Record<string, ErrorCode | null>;

export type OwnFault = keyof typeof ownFaults;

export const ownFile = 'test/reliability/stored-faults.test.ts';

export const ownRows: readonly Row[] = Object.entries(ownFaults).map(([tried, saw]) => ({ tried, saw, lost: nothing, proof: { file: ownFile, title: tried } }));
