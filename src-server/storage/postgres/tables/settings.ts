import type { SettingTable } from '../../port.ts';
import { statement, type Session } from '../session.ts';

const get = statement('setting-get', 'SELECT value FROM setting WHERE key = $1');
const put = statement('setting-put', 'INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
const putNew = statement('setting-put-new', 'INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING');

export function createSettings(session: Session): SettingTable {
  const find = async (key: string) => (await session.query<{ value: string }>(get, [key]))[0]?.value ?? null;
  return {
    get: find,
    put: async (key, value) => void (await session.run(put, [key, value])),
    putNew: async (key, value) => {
      const [, found] = await Promise.all([session.run(putNew, [key, value]), find(key)]);
      return found ?? value;
    },
  };
}
