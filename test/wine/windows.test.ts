import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openWindows } from './support/windows.ts';

/**
 * The backend's own tests once more, by the Node of Windows: its paths, its locks, its renames over files that are open, and the store's binary for Windows, each of which
 * is another than the one that all other suites run.
 */
const windows = openWindows();
const missing = 'missing' in windows ? windows.missing : false;

/** Of the store's tests those that open, close, fill, tear and remove files; what is reckoned in memory is the same everywhere. */
const store = ['blobs', 'damaged', 'full-disk', 'gone', 'made-profile', 'migrate', 'open', 'outbox', 'remove-content', 'snapshot'].map((name) => `test/store/${name}.test.ts`);

describe('on Windows', { skip: missing }, () => {
  after(() => {
    if (!('missing' in windows)) windows.close();
  });

  const groups = { 'the store': store, 'the settings': ['test/unit/settings/settings-file.test.ts'], 'paths, locks and renames': ['test/wine/on-windows/files.case.ts'] };
  for (const [name, files] of Object.entries(groups)) {
    test(`${name}: every test of ${files.length} ${files.length === 1 ? 'file' : 'files'} passes`, () => {
      assert.ok(!('missing' in windows));
      const { told, printed } = windows.run(files, 400_000);
      assert.deepEqual(told.filter(({ ok }) => !ok).map((one) => `${one.file} › ${one.name}: ${one.error.slice(0, 400)}`), []);
      // a file that could not be loaded says nothing at all
      assert.deepEqual(files.filter((file) => !told.some((one) => one.file === file)), [], printed);
      assert.deepEqual(told.filter(({ skipped }) => skipped).map((one) => `${one.file} › ${one.name}`), []);
    });
  }
});
