import type { SettingTable } from '../../port.ts';
import type { Db } from '../open.ts';

export function createSettings(db: Db): SettingTable {
  const get = db.prepare('SELECT value FROM setting WHERE key = ?').pluck();
  const put = db.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const putNew = db.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
  return {
    get: async (key) => (get.get(key) as string | undefined) ?? null,
    put: async (key, value) => void put.run(key, value),
    putNew: async (key, value) => {
      putNew.run(key, value);
      return get.get(key) as string;
    },
  };
}
