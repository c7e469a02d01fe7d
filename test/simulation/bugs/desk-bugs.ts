import type { Change } from '../../../src-shared/protocol/wire.ts';
import type { Planted } from '../world/planted.ts';
import { unasked, withoutDigest } from './line-bugs.ts';
import { urlOf } from './rewrite.ts';

/** What was in the outbox is called done as soon as it has been put on the line. */
export const deleteOnSend: Planted = {
  desk: (desk) => ({
    ...desk,
    markSending: (ids) => {
      desk.markSending(ids);
      for (const id of ids) desk.settle({ id, status: 'applied' });
    },
    ...unasked,
  }),
};

/** "Done" is said before it is on the disk. */
export const noDurability: Planted = { forgetful: true };

/** The cursor is written first, in a transaction of its own, and the page after it. */
export const cursorBeforeData: Planted = {
  // a digest would tell, and the desk be filled anew
  fetch: withoutDigest,
  desk: (desk, { random, crash }) => ({
    ...desk,
    applyChanges: (changes, next, ...more) => {
      if (changes.length === 0) return desk.applyChanges(changes, next, ...more);
      desk.applyChanges([], next, ...more);
      if (random.chance(0.1)) crash('between the cursor and its page');
      return desk.applyChanges(changes, next);
    },
  }),
};

/** To begin anew, everything is thrown away: what the server does not have yet as well. */
export const resyncDropsOutbox: Planted = {
  desk: (desk) => ({
    ...desk,
    finishSnapshot: () => {
      const waiting = desk.outbox().map(({ command }) => command.id);
      const done = desk.finishSnapshot();
      for (const id of waiting) desk.settle({ id, status: 'rejected', error: { code: 'not-found', params: { what: '' } } });
      for (const id of waiting) desk.dismissProblem(id);
      return done;
    },
  }),
};

/** What was taken away stays on the screen. */
export const goneIgnored: Planted = {
  desk: (desk) => {
    const stays = (changes: readonly Change[]): readonly Change[] => changes.filter((change) => !('gone' in change));
    return { ...desk, applyChanges: (changes, next, ...more) => desk.applyChanges(stays(changes), next, ...more) };
  },
};

/** Now and then the cursor of an earlier page is kept. */
export const cursorGoesBack: Planted = {
  desk: (desk, { random }) => {
    let earlier: string | null = null;
    return {
      ...desk,
      applyChanges: (changes, next, ...more) => {
        const done = desk.applyChanges(changes, earlier !== null && random.chance(0.1) ? earlier : next, ...more);
        if (earlier === null || random.chance(0.3)) earlier = next;
        return done;
      },
    };
  },
};

/** A page that comes twice is put behind what is there, as if it were news. */
export const replayAppends: Planted = {
  desk: (desk) => ({
    ...desk,
    applyChanges: (changes, next, ...more) => desk.applyChanges(changes.map((change) => {
      if (!('events' in change) || change.from === 0) return change;
      const last = desk.readHistory(change.document).length;
      return { ...change, from: Math.max(change.from, last) };
    }), next, ...more),
  }),
};

/** What lost to another is put away by the program: nobody is shown it. */
export const conflictUnseen: Planted = {
  desk: (desk) => ({ ...desk, outbox: () => desk.outbox().filter(({ sync }) => sync !== 'problem'), conflicts: () => [] }),
};

/** A client that holds its own clock for the true one calls every answer of the server forged. */
export const trustsOwnClock: Planted = {
  fetch: (fetch_, _desk, { skewMs }) => (input, init) => {
    if (Math.abs(skewMs()) > 12 * 3_600_000 && init?.method === 'POST' && urlOf(input).includes('/v1/push')) return Promise.reject(new TypeError('the server’s clock is wrong'));
    return fetch_(input, init);
  },
};

/** The newer version begins with an empty outbox. */
export const upgradeDropsOutbox: Planted = {
  upgrade: (desk) => {
    for (const { command } of desk.outbox()) {
      desk.settle({ id: command.id, status: 'rejected', error: { code: 'not-found', params: { what: '' } } });
      desk.dismissProblem(command.id);
    }
  },
};
