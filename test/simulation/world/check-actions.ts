import type { CommandId } from '../../../src-shared/domain/ids.ts';
import type { CheckOptions } from './checks.ts';
import { short } from './ledger.ts';

/** I1, I2, I19, I20: every action that the screen confirmed has exactly one effect, or its author saw that it came to nothing. */
export function checkActions({ ledger, desks }: CheckOptions): void {
  const effects = new Map<CommandId, number>();
  for (const { command, event } of ledger.effects) {
    if (command === null) continue;
    effects.set(command, (effects.get(command) ?? 0) + 1);
    if (!ledger.actions.has(command)) ledger.violate(isOfCopy(event.by?.person ?? '') ? 'I20' : 'I2', `${event.type} by ${short(command)}, which nobody did`);
  }
  const copied = new Set(desks.flatMap(({ shared }) => [...shared]));
  for (const [id, { command, state, desk }] of ledger.actions) {
    const count = effects.get(id) ?? 0;
    const what = `${command.type} ${short(id)} of ${desk}`;
    const surfaced = ledger.surfaced.get(id);
    if (count > 1) ledger.violate(copied.has(id) ? 'I20' : 'I2', `${what} had ${count} effects`);
    // of a desk that was copied, the other disk may still have what this one took back
    if (state === 'undone' && count > 0 && !copied.has(id)) ledger.violate('I1', `${what} was taken back and has had an effect`);
    if (state !== 'sure') continue;
    if (count === 0 && surfaced === undefined && !isVisible(desks, id)) ledger.violate(ledger.older.has(id) ? 'I19' : 'I1', `${what} is lost: no effect, and nobody was told`);
    if (count > 0 && surfaced !== undefined) ledger.violate('I1', `${what} was called ${surfaced.code} at ${surfaced.desk} and has had an effect`);
  }

  function isOfCopy(person: string): boolean {
    return desks.some((desk) => desk.shared.size > 0 && desk.seat.person.id === person);
  }
}

function isVisible(desks: CheckOptions['desks'], id: CommandId): boolean {
  return desks.some((desk) => {
    const store = desk.live()?.store.desk;
    return store !== undefined && (store.outbox().some(({ command }) => command.id === id) || store.conflicts().some(({ command }) => command.id === id));
  });
}

/** I7: whatever took effect stood on exactly what its author had seen. */
export function checkOverwrites({ ledger }: CheckOptions): void {
  for (const { command, before, event } of ledger.effects) {
    const action = command === null ? undefined : ledger.actions.get(command);
    if (action === undefined) continue;
    if (before.join() !== action.seen.join()) {
      ledger.violate('I7', `${event.type} by ${short(action.command.id)} of ${action.desk} was made over [${action.seen.map(brief).join(' ')}] and laid over [${before.map(brief).join(' ')}]`);
    }
  }
}

function brief(key: string): string {
  const [type = '', id = ''] = key.split(':');
  return id === '' ? type : `${type}:${short(id)}`;
}
