import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openProgramAt, openProvince, password, testDoor, userOf, type Province } from '../office/session-support.ts';
import { openDoorway, type TestDoorway } from './support/door.ts';
import { lookAlone } from './support/looks.ts';

let province: Province;
let d: TestDoorway;
before(async () => {
  province = await openProvince();
  d = await openDoorway();
  await d.restart(async () => {
    const program = await openProgramAt(d.programDir);
    await testDoor(program.connect()).ask('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null });
    await program.close();
  });
});
after(async () => {
  await d.close();
  await province.close();
});

test('a torn desk, and one whose files are gone, say so above the sign-in without a line, and “Mở lại” opens what was put right', async () => {
  const { page } = d;
  const dir = join(d.programDir, 'office', 'desk');
  const file = join(dir, 'desk.db');
  const note = page.getByRole('alert');
  const again = page.getByRole('button', { name: 'Mở lại' });
  const inbox = page.getByRole('heading', { level: 1, name: 'Văn bản đến' });
  await inbox.waitFor();
  province.line.cut();
  const whole = { bytes: readFileSync(file) };
  await d.restart(async () => {
    whole.bytes = readFileSync(file);
    const torn = Buffer.from(whole.bytes);
    torn[100] = (torn[100] ?? 0) ^ 1;
    writeFileSync(file, torn);
  });
  await note.filter({ hasText: 'bị hỏng' }).filter({ hasText: 'van-thu backup' }).waitFor();
  assert.deepEqual(await lookAlone(page, 'torn desk'), []);
  writeFileSync(file, whole.bytes);
  await again.focus();
  await page.keyboard.press('Enter');
  await inbox.waitFor();
  await d.restart(async () => renameSync(dir, `${dir}-khac`));
  await note.filter({ hasText: 'Không thấy tệp dữ liệu' }).waitFor();
  renameSync(`${dir}-khac`, dir);
  await again.click();
  await inbox.waitFor();
});
