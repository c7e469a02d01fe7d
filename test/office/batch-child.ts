import { writeSync } from 'node:fs';
import type { Batch } from '../../src-shared/contract/signing.ts';
import { openDeskAt, type DeskPlace } from './leader-desk.ts';

// A desk that signs what waits until it is killed. It says each state as soon as it is told.
type Orders = { readonly dir: string; readonly driver: string; readonly env: Readonly<Record<string, string>>; readonly anchor: string; readonly intermediate: string; readonly thumbprint: string; readonly pin: string };
const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const place: DeskPlace = { ...orders, trust: { anchors: [Buffer.from(orders.anchor, 'base64')], intermediates: [Buffer.from(orders.intermediate, 'base64')] } };
const desk = await openDeskAt(place);
desk.on('batch.changed', say);
const { batch } = await desk.ask('batch.read', {});
if (batch === null) {
  const { rows } = await desk.ask('documents.list', { folder: 'signing', query: '', offset: 0, limit: 100 });
  await desk.ask('batch.start', { mode: 'all', items: rows.map(({ document }) => ({ id: document.id, placement: null })), thumbprint: orders.thumbprint, pin: orders.pin });
} else await desk.ask('batch.resume', { pin: orders.pin });

function say({ state, items }: Batch): void {
  writeSync(1, `${state} ${items.filter(({ status }) => status === 'signed').length}\n`);
}
