import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { launchElectronDesk, whyNoElectron } from './launch.ts';

const skip = whyNoElectron() ?? false;

describe('the door in Electron', () => {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-electron-door-'));
  after(() => rmSync(dir, { recursive: true, force: true }));

  test('a first start asks who it is; whoever goes to practise instead finds the practice again at the next start, and the way back', { skip, timeout: 240_000 }, async () => {
    const first = await launchElectronDesk(dir, 'remembered');
    try {
      await first.page.getByRole('heading', { level: 1, name: 'Đăng nhập vào cơ quan' }).waitFor();
      await first.page.getByRole('button', { name: 'Mở văn phòng luyện tập' }).click();
      await first.page.getByRole('region', { name: 'LUYỆN TẬP' }).waitFor({ timeout: 120_000 });
    } finally {
      await first.app.close();
    }
    const second = await launchElectronDesk(dir, 'remembered');
    try {
      const practice = second.page.getByRole('region', { name: 'LUYỆN TẬP' });
      await practice.waitFor({ timeout: 60_000 });
      await practice.getByRole('button', { name: 'Đăng nhập vào cơ quan' }).click();
      await second.page.getByRole('heading', { level: 1, name: 'Đăng nhập vào cơ quan' }).waitFor();
    } finally {
      await second.app.close();
    }
  });

  test('our own page may tell of new documents', { skip, timeout: 60_000 }, async () => {
    const { app, page } = await launchElectronDesk(dir, 'office');
    try {
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.equal(await page.evaluate(() => Notification.permission), 'granted');
    } finally {
      await app.close();
    }
  });
});
