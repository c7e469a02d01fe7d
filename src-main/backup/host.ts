import { join } from 'node:path';
import { checkProfile } from '../store/integrity.ts';
import { makeBackup } from './make.ts';
import { toHost, type FromHost, type ToHost } from './messages.ts';
import { makeSheet } from './recovery.ts';
import { told } from './disk.ts';

/** A process for one backup, one sheet or one look at everything: what it holds open it holds by itself (`holdStill`), and its work is on no other's thread. It ends when it is done, or when the program is gone. */
const stopping = new AbortController();
let begun = false;

process.on('message', (raw: unknown) => {
  const asked = toHost.safeParse(raw);
  if (!asked.success) return process.exit(2);
  if (asked.data.kind === 'stop') return stopping.abort();
  if (begun) return;
  begun = true;
  void run(asked.data).then(say, (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
});
// a half backup is swept by the next one; to go on without the program would keep its profile from it
process.on('disconnect', () => process.exit(3));

async function run(asked: Exclude<ToHost, { kind: 'stop' }>): Promise<FromHost> {
  if (asked.kind === 'sheet') {
    try {
      const { sheet, phrase, madeAt } = makeSheet(asked.profileDir, asked.key, new Date());
      return { kind: 'sheet', number: sheet, phrase, madeAt };
    } catch (error) {
      const refused = told(error);
      if (refused.ok) throw error;
      return { kind: 'failed', error: refused.error };
    }
  }
  if (asked.kind === 'check') {
    const checked = checkProfile({ dir: join(asked.profileDir, 'desk'), key: asked.key });
    return checked.ok ? { kind: 'checked', faults: checked.value.faults.length, contents: checked.value.contents } : { kind: 'failed', error: checked.error };
  }
  let toldAt = 0;
  const made = await makeBackup({
    ...asked, now: () => new Date(), signal: stopping.signal,
    onProgress: ({ doneBytes, totalBytes }) => {
      if (Date.now() - toldAt < 200) return;
      toldAt = Date.now();
      process.send?.({ kind: 'progress', doneBytes, totalBytes } satisfies FromHost);
    },
  });
  return made.ok ? { kind: 'made', at: made.value.manifest.madeAt, place: made.value.folder, sizeBytes: made.value.sizeBytes } : { kind: 'failed', error: made.error };
}

function say(answer: FromHost): void {
  process.send?.(answer, () => process.exit(0));
}
