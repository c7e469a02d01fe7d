import type { Planted } from '../world/planted.ts';
import * as desk from './desk-bugs.ts';
import * as line from './line-bugs.ts';
import * as server from './server-bugs.ts';

/** A way of being wrong, the invariants that are there for it (any of them), and how many seeds it may take. */
export type Bug = { readonly name: string; readonly planted: Planted; readonly caughtBy: readonly string[]; readonly withinSeeds: number };

export const bugs: readonly Bug[] = [
  { name: 'the last writer wins', planted: line.lastWriterWins, caughtBy: ['I7'], withinSeeds: 200 },
  { name: 'no command is known twice', planted: server.noIdempotency, caughtBy: ['I1', 'I2'], withinSeeds: 200 },
  { name: 'a command is remembered after its effect is committed', planted: server.idempotencyAfterCommit, caughtBy: ['I1', 'I2'], withinSeeds: 200 },
  { name: 'a new key is made for every attempt', planted: line.newKeyPerRetry, caughtBy: ['I1', 'I2'], withinSeeds: 200 },
  { name: 'what was sent is off the list', planted: desk.deleteOnSend, caughtBy: ['I1'], withinSeeds: 200 },
  { name: 'a session that ended empties the outbox', planted: line.dropsAt401, caughtBy: ['I1'], withinSeeds: 200 },
  { name: '"done" is said before it is on the disk', planted: desk.noDurability, caughtBy: ['I1'], withinSeeds: 200 },
  { name: 'a clash is settled unseen', planted: desk.conflictUnseen, caughtBy: ['I1'], withinSeeds: 200 },
  { name: 'the cursor is written before its page', planted: desk.cursorBeforeData, caughtBy: ['I5'], withinSeeds: 200 },
  { name: 'a commit comes behind one that was read', planted: server.sequenceGap, caughtBy: ['I5'], withinSeeds: 200 },
  { name: 'bytes are not hashed', planted: server.noHashCheck, caughtBy: ['I4'], withinSeeds: 200 },
  { name: 'after a busy server nothing is asked again', planted: line.neverAgain, caughtBy: ['I6', 'I9'], withinSeeds: 200 },
  { name: 'beginning anew empties the outbox', planted: desk.resyncDropsOutbox, caughtBy: ['I11'], withinSeeds: 200 },
  { name: 'a lost lease is still believed', planted: server.lostLeaseBelieved, caughtBy: ['I3'], withinSeeds: 200 },
  { name: 'a book that changes hands leaves no voids', planted: server.reserveForgotten, caughtBy: ['I3'], withinSeeds: 200 },
  { name: 'what was taken away stays on the screen', planted: desk.goneIgnored, caughtBy: ['I12', 'I13'], withinSeeds: 200 },
  { name: 'taking away leaves no trace in the feed', planted: server.noTombstone, caughtBy: ['I12'], withinSeeds: 200 },
  { name: 'the server writes over tombstones', planted: server.writesOverTombstones, caughtBy: ['I13'], withinSeeds: 200 },
  { name: 'the cursor goes back', planted: desk.cursorGoesBack, caughtBy: ['I10'], withinSeeds: 200 },
  { name: 'a page that comes twice is news twice', planted: desk.replayAppends, caughtBy: ['I14'], withinSeeds: 200 },
  { name: '"đã đến" is said too early', planted: server.falselyDelivered, caughtBy: ['I15'], withinSeeds: 200 },
  { name: 'the whole file goes where its tail would do', planted: line.wholeInsteadOfTail, caughtBy: ['I8'], withinSeeds: 200 },
  { name: 'a desk believes its own clock', planted: desk.trustsOwnClock, caughtBy: ['I6', 'I17'], withinSeeds: 200 },
  { name: 'the newer version forgets what was waiting', planted: desk.upgradeDropsOutbox, caughtBy: ['I19'], withinSeeds: 200 },
  { name: 'a copied desk sends under names of its own', planted: line.copySendsTwice, caughtBy: ['I20'], withinSeeds: 200 },
];
