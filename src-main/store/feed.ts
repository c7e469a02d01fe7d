import type { LogEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { canonicalJson } from '../../src-shared/protocol/digest.ts';
import type { Change } from '../../src-shared/protocol/wire.ts';
import type { Applied, DeskStore, PageOrigin } from '../ports/store.ts';
import type { WritableDb } from './driver.ts';
import { firstDifference } from './pending.ts';
import type { SnapshotStaging } from './snapshot.ts';
import type { AugmentationTable } from './tables/augmentations.ts';
import type { ContentTable } from './tables/contents.ts';
import type { DocumentWriter } from './tables/documents.ts';
import type { EventReader, EventWriter } from './tables/events.ts';
import type { LinkTable } from './tables/links.ts';
import type { OutboxReader, OutboxWriter } from './tables/outbox.ts';

export type FeedTables = {
  readonly db: WritableDb; readonly events: EventReader; readonly log: EventWriter; readonly links: LinkTable; readonly outbox: OutboxReader; readonly queue: OutboxWriter;
  readonly documents: DocumentWriter; readonly contents: ContentTable; readonly augmentations: AugmentationTable; readonly staging: SnapshotStaging;
  readonly project: (id: DocumentId, first?: readonly LogEvent[]) => readonly DocumentId[];
  readonly cursor: () => string | null; readonly setCursor: (cursor: string) => void;
};

type Told = Extract<Change, { readonly events: unknown }>;

/** Ends the transaction of a page that does not fit; never leaves this file. */
const misfit = new Error('a page goes on from where this desk has not come');
const nothing: Applied = { changed: [], gone: [], dropped: [] };

export type Feed = Pick<DeskStore, 'askAgain' | 'forgetAnswered'> & {
  /** In a transaction of its own. */
  readonly apply: (changes: readonly Change[], next: string, origin?: PageOrigin) => Applied & { readonly fits: boolean };
  /** What the server says of one document, in the caller's transaction. Throws where it does not fit; `fits` of `apply` is that. */
  readonly tell: (change: Told) => readonly DocumentId[];
};

export function createFeed(tables: FeedTables): Feed {
  const { db, events, log, links, outbox, queue, documents, contents, augmentations, staging, project } = tables;
  const isBuried = db.read<[string], { n: number }>('SELECT 1 AS n FROM tombstone WHERE document = ?');
  const bury = db.write<[string, string]>('INSERT INTO tombstone (document, reason) VALUES (?, ?) ON CONFLICT (document) DO UPDATE SET reason = excluded.reason');
  const forgetMarks = db.write<[string]>('DELETE FROM mark WHERE document = ?');

  return {
    apply: (changes, next, origin) => {
      try {
        return db.transaction(() => {
          // the answer to a question that was asked from somewhere else: what it says has been overtaken
          if (origin !== undefined && origin.after !== tables.cursor()) return { ...nothing, fits: true };
          const changed = new Set<DocumentId>();
          const gone = new Set<DocumentId>();
          const named = new Set<Sha256>();
          for (const change of changes) {
            if ('gone' in change) {
              const had = takeAway(change.document, change.gone, named);
              if (had.length > 0) gone.add(change.document);
              for (const id of had) changed.add(id);
            } else if (isBuried.get(change.document) === undefined) for (const id of tell(change)) changed.add(id);
          }
          tables.setCursor(next);
          if (origin !== undefined && links.scope() !== origin.scope) links.setScope(origin.scope);
          // a refused draft of ours may stand there still, with its words
          for (const id of gone) changed.delete(id);
          return { changed: [...changed], gone: [...gone], dropped: contents.drop(named), fits: true };
        });
      } catch (error) {
        if (error === misfit) return { ...nothing, fits: false };
        throw error;
      }
    },
    tell,
    askAgain: (ids) => {
      const asked = new Set<DocumentId>();
      for (const [id, document] of answeredOf(ids)) {
        queue.setState(id, 'confirming');
        for (const touched of project(document)) asked.add(touched);
      }
      return [...asked];
    },
    forgetAnswered: (ids) => {
      const answered = answeredOf(ids);
      const before = new Map([...answered.values()].map((document) => [document, documents.findContent(document)]));
      const named = new Set([...before.keys()].flatMap((document) => contents.namedBy(document)));
      for (const id of answered.keys()) queue.remove(id);
      const changed = new Set([...before.keys()].flatMap((document) => project(document)));
      const gone = [...before].filter(([document, content]) => content !== null && documents.findContent(document) === null).map(([document]) => document);
      for (const document of gone) {
        forgetMarks.run(document);
        augmentations.drop(document);
        changed.delete(document);
      }
      return { changed: [...changed], gone, dropped: contents.drop(named) };
    },
  };

  /** Of these, what has been answered and not told of. */
  function answeredOf(ids: readonly CommandId[]): ReadonlyMap<CommandId, DocumentId> {
    const found = new Map<CommandId, DocumentId>();
    for (const id of ids) {
      const row = outbox.find(id);
      if (row?.state === 'applied') found.set(id, row.document);
    }
    return found;
  }

  function tell({ document, from, events: told }: Told): readonly DocumentId[] {
    if (from === 0 && told.length > 0 && links.find(document) === null && documents.findContent(document) === null) return begin(document, told);
    const ours = events.server(document);
    if (from > ours.length) throw misfit;
    const first = firstDifference(ours, told, from);
    if (first === null) return [];
    staging.keep(document, ours);
    const whole = [...ours.slice(0, from), ...told];
    log.replaceServer(document, whole, first);
    // a chain goes on where it ended; what was written anew in the middle is reckoned from the beginning
    links.extend(document, whole, first === ours.length ? first : 0);
    return project(document);
  }

  /** A document of which nothing is here: filling an empty desk is this, a million events of it. */
  function begin(document: DocumentId, told: Told['events']): readonly DocumentId[] {
    const texts = told.map(canonicalJson);
    log.begin(document, told, texts);
    links.extend(document, told, 0, texts);
    return project(document, told);
  }

  /** Leaves lists, search, marks and work that was to be done by itself. Words of ours that waited on it stay in the outbox as refused. */
  function takeAway(document: DocumentId, reason: string, named: Set<Sha256>): readonly DocumentId[] {
    bury.run(document, reason);
    const ours = events.server(document);
    if (ours.length === 0 && documents.findContent(document) === null) return [];
    staging.keep(document, ours);
    for (const sha256 of contents.namedBy(document)) named.add(sha256);
    // whatever of it the server has known has had its effect: a draft that went out would else be drafted again out of the outbox
    for (const { command, state } of outbox.pendingOf(document)) if (state === 'applied' || (command.type === 'draft' && state !== 'problem')) queue.remove(command.id);
    log.replaceServer(document, [], 0);
    links.remove(document);
    forgetMarks.run(document);
    augmentations.drop(document);
    return project(document);
  }
}
