import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { emptyDigest } from '../../src-shared/protocol/digest.ts';
import type { Change } from '../../src-shared/protocol/wire.ts';
import { scene, unit } from './helpers.ts';
import { createRandom, digestOf, life, newDocument } from './random-logs.ts';

const seeds = 8;
const pages = 60;

for (let seed = 1; seed <= seeds; seed++) {
  test(`the digest that is kept up is the one reckoned from scratch, whatever comes, goes, comes twice or is cut off (seed ${seed})`, (t) => {
    const random = createRandom(seed);
    const { open } = scene(t);
    let store = open();
    const logs = new Map<DocumentId, readonly DocumentEvent[]>();
    const gone = new Set<DocumentId>();
    const seen: { readonly changes: readonly Change[]; readonly after: string | null; readonly next: string }[] = [];
    assert.equal(store.desk.digest(), emptyDigest);
    for (let page = 0; page < pages; page++) {
      const changes: Change[] = [];
      for (let i = 0; i <= random(4); i++) {
        const ids = [...logs.keys()].filter((id) => !changes.some((change) => change.document === id));
        const id = ids[random(Math.max(1, ids.length))];
        const kind = random(5);
        if (id === undefined || kind <= 1) {
          const fresh = newDocument();
          logs.set(fresh, life(`Văn bản ${page}-${i}`, 1 + random(4)));
          changes.push({ document: fresh, from: 0, events: [...(logs.get(fresh) ?? [])] });
        } else if (kind === 2) {
          logs.delete(id);
          gone.add(id);
          changes.push({ document: id, gone: 'withdrawn' });
        } else {
          const events = logs.get(id) ?? [];
          const longer = [...events, ...life('', 4).slice(events.length, events.length + 1 + random(2))];
          // a list that does not go on but says otherwise from somewhere in the middle
          const from = kind === 3 ? random(events.length + 1) : events.length;
          const told = kind === 3 ? [...events.slice(0, from), ...life(`Khác ${page}`, 4).slice(from)] : longer;
          if (told.length === from) continue;
          logs.set(id, told);
          changes.push({ document: id, from, events: told.slice(from) });
        }
      }
      const origin = { after: store.desk.cursor(), scope: unit.code };
      const next = `c${page}`;
      assert.equal(store.desk.applyChanges(changes, next, origin).fits, true);
      seen.push({ changes, after: origin.after, next });
      if (random(3) === 0) {
        const old = seen[random(seen.length)];
        if (old !== undefined) store.desk.applyChanges(old.changes, old.next, { after: old.after, scope: unit.code });
        assert.equal(store.desk.cursor(), next, 'a page that was overtaken does not take the cursor back (I10)');
      }
      if (random(10) === 0) {
        store.close();
        store = open();
      }
      assert.equal(store.desk.digest(), digestOf(logs), `page ${page}`);
    }
    for (const [id, events] of logs) assert.deepEqual(store.desk.readHistory(id), events);
    for (const id of gone) assert.equal(store.desk.findDocument(id), null, 'what is gone stays gone (I13)');
    assert.equal(store.desk.scope(), unit.code);
  });
}
