import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder with so much room and no more (Linux, root); null, and said loudly, where none can be mounted. */
export function smallDisk(t: TestContext, sizeBytes: number): { readonly dir: string; readonly fill: (leaveBytes: number) => void; readonly makeRoom: () => void; readonly readOnly: (on: boolean) => void } | null {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-room-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'van-thu-room', dir], { stdio: 'pipe' });
  } catch {
    rmSync(dir, { recursive: true });
    t.skip('NO SMALL DISK: mounting one needs root on Linux');
    return null;
  }
  t.after(() => {
    execFileSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true });
  });
  const filler = join(dir, 'filler');
  const makeRoom = (): void => {
    if (existsSync(filler)) rmSync(filler);
  };
  return {
    dir,
    fill: (leaveBytes) => {
      makeRoom();
      const { bavail, bsize } = statfsSync(dir);
      writeFileSync(filler, new Uint8Array(Math.max(0, bavail * bsize - leaveBytes)));
    },
    makeRoom,
    readOnly: (on) => void execFileSync('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, dir]),
  };
}

export function namesIn(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted();
}
