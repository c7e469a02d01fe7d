import { isDeepStrictEqual } from 'node:util';
import { replay } from '../../support/rules.ts';
import type { CheckOptions, ServerState } from './checks.ts';
import { short } from './ledger.ts';

/** I5, I12, I13: a desk at rest shows what the server holds, nothing less, nothing else, and nothing that was taken away. */
export function checkDesks({ ledger, desks }: CheckOptions, server: ServerState, quiet: boolean): void {
  for (const { unit, document, order } of ledger.withdrawn) {
    const again = ledger.effects.find((effect) => effect.order >= order && effect.unit === unit && effect.document === document);
    if (again !== undefined) ledger.violate('I13', `${short(document)} was withdrawn from ${unit} and then ${again.event.type}`);
    if (server.units.get(unit)?.has(document) === true) ledger.violate('I13', `${short(document)} was withdrawn from ${unit} and is there`);
  }
  for (const desk of desks) {
    const live = desk.live();
    if (live === null) continue;
    const { desk: store, blobs } = live.store;
    const unit = desk.seat.unit.code;
    const documents = server.units.get(unit) ?? new Map<never, never>();
    const kept = new Set([...documents.values()].flatMap((events) => events.flatMap((event) => ('content' in event ? [event.content.sha256] : []))));
    for (const { unit: owner, document } of ledger.withdrawn) {
      if (owner !== unit) continue;
      const what = `${desk.name} still has ${short(document)}, which was withdrawn`;
      if (store.findDocument(document) !== null || store.readHistory(document).length > 0) ledger.violate(desk.gone.has(document) ? 'I13' : 'I12', what);
      for (const effect of ledger.effects) {
        if (effect.document !== document || effect.unit !== unit || !('content' in effect.event)) continue;
        const { sha256 } = effect.event.content;
        // a file that was made here is its maker's, and goes with the next start
        if (effect.command !== null && ledger.actions.get(effect.command)?.desk === desk.name.replace('-copy', '')) continue;
        if (!kept.has(sha256) && blobs.has(sha256)) ledger.violate('I12', `${what}: its file ${short(sha256)} can be read`);
      }
    }
    if (!quiet) continue;
    for (const [id, events] of documents) {
      const found = store.findDocument(id);
      const what = `${desk.name}: ${short(id)}`;
      if (found === null) ledger.violate('I5', `${what} is not there`);
      else if (!isDeepStrictEqual(found.state, replay(id, events))) ledger.violate('I5', `${what} stands at ${found.state.stage} ${found.state.versions.workflow}, the server's at ${replay(id, events)?.stage ?? 'nothing'} ${replay(id, events)?.versions.workflow ?? 0}`);
      else if (!isDeepStrictEqual(store.readHistory(id), events)) ledger.violate('I5', `${what} has another history than the server's`);
    }
    const shown = (['incoming', 'outgoing'] as const).flatMap((folder) => store.listIds({ folder, me: '', text: '' }, 10_000).ids);
    for (const id of shown) if (!documents.has(id)) ledger.violate('I5', `${desk.name} shows ${short(id)}, which the server does not have`);
  }
}
