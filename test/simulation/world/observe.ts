import type { Storage, Tx } from '../../../src-server/storage/port.ts';
import { groupOf, short, type Effect, type Ledger } from './ledger.ts';

/** The storage, and what is committed through it written down outside of it, in the order of the commits. */
export function observe(storage: Storage, ledger: Ledger): Storage {
  return {
    epoch: storage.epoch,
    transaction: async (work) => {
      let effects: Omit<Effect, 'order'>[] = [];
      let withdrawn: Omit<Ledger['withdrawn'][number], 'order'>[] = [];
      const value = await storage.transaction((tx) => {
        effects = [];
        withdrawn = [];
        return work(watched(tx, effects, withdrawn));
      });
      for (const effect of effects) {
        ledger.covered.add(`event ${effect.event.type}`);
        ledger.effects.push({ ...effect, order: ledger.effects.length });
        ledger.note('=', `${effect.unit} ${short(effect.document)} ${effect.event.type}${effect.command === null ? '' : ` by ${short(effect.command)}`}`);
      }
      for (const one of withdrawn) ledger.withdrawn.push({ ...one, order: ledger.effects.length });
      return value;
    },
    read: storage.read,
    announce: storage.announce,
    onAnnounced: storage.onAnnounced,
    ping: storage.ping,
    close: storage.close,
  };
}

function watched(tx: Tx, effects: Omit<Effect, 'order'>[], withdrawn: Omit<Ledger['withdrawn'][number], 'order'>[]): Tx {
  return {
    ...tx,
    documents: {
      ...tx.documents,
      append: async (unit, id, events) => {
        const before = [...(await tx.documents.readEvents(unit, id))];
        for (const event of events) {
          effects.push({ unit, document: id, event, command: event.command, before: groupOf(event.type, before) });
          before.push(event);
        }
        await tx.documents.append(unit, id, events);
      },
      withdraw: async (unit, id, reason) => {
        withdrawn.push({ unit, document: id });
        await tx.documents.withdraw(unit, id, reason);
      },
    },
  };
}
