import { createHmac, timingSafeEqual } from 'node:crypto';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Deps } from './deps.ts';

/** Where a reader of a unit's feed stands. `had` < `after` while it reads pages: what it had when it began, and how far the pages have come. */
export type Place = { readonly had: number; readonly after: number };

export const beginning: Place = { had: 0, after: 0 };

const form = /^([0-9a-z]{1,11})(?:-([0-9a-z]{1,11}))?\.([A-Za-z0-9_-]{16})$/;

/**
 * Cursors are opaque and ours alone: the places, and a MAC over the database's epoch, the unit and the places, with a key made with the database. A forged one, one of
 * another unit and one of another epoch cannot be told apart, and none of them reads anything.
 */
export function createCursors({ storage, randomBytes }: Pick<Deps, 'storage' | 'randomBytes'>) {
  let key: Promise<Buffer> | null = null;

  function findKey(): Promise<Buffer> {
    key ??= storage
      .transaction((tx) => tx.settings.putNew('feed.key', Buffer.from(randomBytes(32)).toString('base64url')))
      .then((text) => Buffer.from(text, 'base64url'))
      .catch((error: unknown) => {
        key = null;
        throw error;
      });
    return key;
  }

  async function seal(unit: OrganizationCode, text: string): Promise<string> {
    return createHmac('sha256', await findKey()).update(`${storage.epoch}\n${unit}\n${text}`).digest('base64url').slice(0, 16);
  }

  return {
    write: async (unit: OrganizationCode, { had, after }: Place): Promise<string> => {
      const text = had === after ? after.toString(36) : `${had.toString(36)}-${after.toString(36)}`;
      return `${text}.${await seal(unit, text)}`;
    },
    /** The beginning for null; null for what was not written here for this unit. */
    read: async (unit: OrganizationCode, cursor: string | null): Promise<Place | null> => {
      if (cursor === null || cursor === '') return beginning;
      const match = form.exec(cursor);
      if (match === null) return null;
      const [, first = '', second, mac = ''] = match;
      const right = await seal(unit, second === undefined ? first : `${first}-${second}`);
      if (!timingSafeEqual(Buffer.from(mac), Buffer.from(right))) return null;
      const had = Number.parseInt(first, 36);
      return { had, after: second === undefined ? had : Number.parseInt(second, 36) };
    },
  };
}

export type Cursors = ReturnType<typeof createCursors>;
