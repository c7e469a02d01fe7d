import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDirectory } from '../../../src-main/store/tables/directory.ts';
import { fileBefore, tables } from './helpers.ts';

test('step 120 takes the offices over in their order, to be found at once, and asks for all anew', (t) => {
  const { db, step } = fileBefore(t, 120, 'desk');
  db.script(`
    INSERT INTO organization (code, name) VALUES ('H48', 'UBND tỉnh Quảng Ngãi'), ('H48.60.12', 'UBND xã Đức Phổ');
    INSERT INTO organization_search (rowid, text) VALUES (1, 'ubnd tinh quang ngai h48'), (2, 'ubnd xa duc pho h48 60 12');`);
  step();
  assert.ok(!tables(db).includes('organization_before'));
  const directory = createDirectory(db);
  assert.equal(directory.version(), 0);
  const none = { otherCode: null, parent: null, ceasedOn: null, successors: [] };
  assert.deepEqual(directory.search('', 9), [{ code: 'H48', name: 'UBND tỉnh Quảng Ngãi', ...none }, { code: 'H48.60.12', name: 'UBND xã Đức Phổ', ...none }]);
  assert.deepEqual(directory.search('duc', 9).map(({ code }) => code), ['H48.60.12']);
  assert.deepEqual(directory.search('h48.6', 9).map(({ code }) => code), ['H48.60.12']);
});
