import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import { openOffice, pdfDir, type OfficeUnderTest } from '../office/support.ts';

/** At the door: the calls that the screen makes, between two desks of the practice office. */
const [clerk, carrier] = ['commune-clerk', 'department-clerk'] as const;

async function setLine(o: OfficeUnderTest, up: boolean): Promise<void> {
  await o.ask(clerk, 'practice.setLine', { up });
}

test('from the screens: a desk without a line makes a package, another desk passes it on, and both are told what became of it', { timeout: 300_000 }, async (t) => {
  const o = await openOffice();
  t.after(() => o.close());
  // the key comes by itself while there is a line
  await o.until(clerk, async () => (await o.ask(clerk, 'packages.waiting', {})).ready);
  await o.refused(clerk, 'packages.begin', { whole: false }).then(({ code }) => assert.equal(code, 'package.nothing'));
  await setLine(o, false);
  const imported = await o.importPdf(clerk, readFileSync(join(pdfDir, 'cong-van-xa.pdf')), 'cong-van.pdf');
  assert.ok(imported.ok);
  const { document: state } = await o.ask(clerk, 'documents.draft', { title: 'Làm khi mất mạng', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: imported.value.content, recipients: [practiceUnits.department], inReplyTo: null });
  const waiting = await o.ask(clerk, 'packages.waiting', {});
  assert.ok(waiting.commands >= 1 && waiting.contents === 1 && waiting.contentBytes === imported.value.content.sizeBytes);

  const begun = await o.ask(clerk, 'packages.begin', { whole: false });
  assert.match(begun.fileName, /^van-thu-.*\.vtgoi$/);
  const parts: Uint8Array[] = [];
  for (let next = await o.ask(clerk, 'packages.next', { made: begun.made }); next.bytes.length > 0; next = await o.ask(clerk, 'packages.next', { made: begun.made })) parts.push(next.bytes);
  const file = Buffer.concat(parts);
  assert.equal(file.length, begun.sizeBytes);
  assert.equal((await o.refused(clerk, 'packages.next', { made: begun.made })).code, 'not-found');
  const rows = (await o.ask(clerk, 'outbox.list', {})).rows.filter(({ document }) => document === state.id);
  assert.ok(rows.length >= 1 && rows.every(({ sync }) => sync === 'sending' || sync === 'confirming'));

  const opened = await o.ask(carrier, 'packages.open', { head: file.subarray(0, 8192) });
  assert.deepEqual([opened.offset, opened.package.commands, opened.package.contents], [0, waiting.commands, 1]);
  let { offset } = opened;
  while (offset < file.length) ({ offset } = await o.ask(carrier, 'packages.send', { carriage: opened.carriage, offset, bytes: file.subarray(offset, offset + 50_000) }));
  const { actions } = await o.ask(carrier, 'packages.finish', { carriage: opened.carriage });
  assert.deepEqual(actions.map(({ status, own, problem }) => [status, own, problem]), Array.from({ length: waiting.commands }, () => ['applied', null, null]));

  await setLine(o, true);
  await o.until(clerk, async () => (await o.ask(clerk, 'outbox.list', {})).rows.length === 0);
  const { last } = await o.ask(clerk, 'packages.waiting', {});
  assert.deepEqual([last?.commands, last?.open], [waiting.commands, 0]);
  assert.equal((await o.refused(carrier, 'packages.open', { head: Buffer.from('%PDF-1.7 not a package') })).code, 'package.damaged');
});
