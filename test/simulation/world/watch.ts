import type { BlobStore, DeskStore } from '../../../src-main/ports/store.ts';
import type { CommandId, DocumentId, OrganizationCode } from '../../../src-shared/domain/ids.ts';
import type { Change } from '../../../src-shared/protocol/wire.ts';
import { short, type Ledger } from './ledger.ts';
import type { Random } from './random.ts';

export type WatchOptions = { readonly desk: DeskStore; readonly blobs: BlobStore; readonly ledger: Ledger; readonly random: Random; readonly name: string; readonly unit: OrganizationCode; readonly onGone: (ids: readonly DocumentId[]) => void };

/** A desk's store, looked at before and after everything that the server's word changes in it: I10, I11, I13, I14. */
export function watchDesk({ desk, blobs, ledger, random, name, unit, onGone }: WatchOptions): DeskStore {
  /** What had its effect before its document was taken away has gone with it: a draft would else be drafted again. */
  function wentWithIts(document: DocumentId, command: CommandId): boolean {
    return ledger.effects.some((effect) => effect.command === command) && ledger.withdrawn.some((one) => one.unit === unit && one.document === document);
  }

  function lookAround<T>(what: string, work: () => T): T {
    const before = desk.cursor();
    const outboxBefore = desk.outbox();
    const here = new Set(outboxBefore.flatMap(({ contents }) => contents.map(({ sha256 }) => sha256).filter((sha256) => blobs.has(sha256))));
    const done = work();
    const after = desk.cursor();
    if (before !== null && after !== null && before !== after) ledger.moves.push({ desk: name, unit, what, before, after });
    const outboxAfter = new Map(desk.outbox().map((item) => [item.command.id, item]));
    const conflicts = new Set(desk.conflicts().map(({ command }) => command.id));
    for (const { command, contents } of outboxBefore) {
      const still = outboxAfter.get(command.id);
      if (still === undefined && !conflicts.has(command.id) && !desk.readHistory(command.document).some((event) => event.command === command.id) && !wentWithIts(command.document, command.id)) {
        ledger.violate('I11', `${name}: ${what} lost ${command.type} ${short(command.id)} from the outbox`);
      }
      if (still !== undefined && still.sync !== 'problem' && contents.some(({ sha256 }) => here.has(sha256) && !blobs.has(sha256))) {
        ledger.violate('I11', `${name}: ${what} lost the content of ${command.type} ${short(command.id)}`);
      }
    }
    return done;
  }

  function stateOf(ids: readonly DocumentId[]): string {
    return JSON.stringify([desk.digest(), ids.map((id) => [desk.findDocument(id)?.state ?? null, desk.readHistory(id)])]);
  }

  function applyTwice(changes: readonly Change[], next: string): void {
    const ids = changes.map(({ document }) => document);
    const once = stateOf(ids);
    const again = desk.applyChanges(changes, next);
    if (!again.fits) return;
    if (stateOf(ids) !== once) ledger.violate('I14', `${name}: a page of ${changes.length} brought in twice is not the page brought in once`);
  }

  return {
    ...desk,
    applyChanges: (changes, next, ...more) => lookAround('a page', () => {
      const done = desk.applyChanges(changes, next, ...more);
      ledger.note(name, `page of ${changes.length}: ${done.fits ? `${done.changed.length} changed, ${done.gone.length} gone` : 'does not fit'}`);
      ledger.covered.add(done.fits ? 'page' : 'page that does not fit');
      if (done.fits) {
        onGone(changes.flatMap((change) => ('gone' in change ? [change.document] : [])));
        if (random.chance(0.15)) applyTwice(changes, next);
      }
      return done;
    }),
    finishSnapshot: () => lookAround('the snapshot', () => {
      const done = desk.finishSnapshot();
      ledger.covered.add('snapshot');
      ledger.note(name, `snapshot in: ${done.changed.length} changed, ${done.gone.length} gone`);
      return done;
    }),
  };
}
