import { isDeepStrictEqual } from 'node:util';
import type { LogEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { replayLog } from '../../src-shared/domain/log.ts';
import { emptyDigest, xorDigest } from '../../src-shared/protocol/digest.ts';
import type { Change, SnapshotInfo } from '../../src-shared/protocol/wire.ts';
import type { Applied, DeskStore } from '../ports/store.ts';
import type { Feed } from './feed.ts';
import type { ContentTable } from './tables/contents.ts';
import { linkOf, shareOf, type LinkTable } from './tables/links.ts';
import type { OutboxReader } from './tables/outbox.ts';
import type { RecordTable } from './tables/records.ts';
import type { SnapshotTables } from './tables/snapshots.ts';

/** What is about to change of a document of which the snapshot has only said that it is as it is here. */
export type SnapshotStaging = { readonly keep: (document: DocumentId, ours: readonly LogEvent[]) => void };

export function createSnapshotStaging(tables: SnapshotTables): SnapshotStaging {
  return {
    keep: (document, ours) => {
      const link = tables.run() === null ? null : tables.findLink(document);
      if (link === null || tables.isStaged(document) || link.count !== ours.length || linkOf(ours).chain !== link.chain) return;
      const state = replayLog(document, ours);
      if (state !== null) tables.stage(state, ours);
    },
  };
}

export type SnapshotParts = {
  readonly tables: SnapshotTables; readonly links: LinkTable; readonly contents: ContentTable; readonly records: RecordTable; readonly outbox: OutboxReader;
  readonly tell: Feed['tell'];
  readonly project: (id: DocumentId) => readonly DocumentId[];
  readonly reader: () => string;
  readonly cursor: () => string | null; readonly setCursor: (cursor: string) => void;
};

/** Each method in the caller's transaction. */
export function createSnapshots({ tables, links, contents, records, outbox, tell, project, reader, cursor, setCursor }: SnapshotParts): Pick<DeskStore, 'beginSnapshot' | 'addSnapshotFrame' | 'finishSnapshot' | 'snapshotUnderWay'> {
  const underWay = (): ReturnType<DeskStore['snapshotUnderWay']> => {
    const run = tables.run();
    return run === null ? null : { info: JSON.parse(run.info) as SnapshotInfo, offset: run.nextOffset, documents: run.documents };
  };

  return {
    snapshotUnderWay: underWay,
    beginSnapshot: (info) => {
      const present = underWay();
      if (present !== null && present.info.hash === info.hash && present.info.scope === info.scope) return { offset: present.offset };
      tables.begin(JSON.stringify(info), emptyDigest);
      return { offset: 0 };
    },
    addSnapshotFrame: (changes, nextOffset) => {
      const run = tables.run();
      if (run === null) throw new Error('a frame of a snapshot that was not begun');
      // the first filling: whoever opens the program for the first time sees the newest after the first frame
      const atOnce = cursor() === null;
      const shown = new Set<DocumentId>();
      let { digest, documents } = run;
      for (const change of changes) {
        const { document, events } = wholeOf(change);
        if (tables.findLink(document) !== null) throw new Error(`${document} is in the snapshot twice`);
        const link = linkOf(events);
        tables.addLink(document, link);
        digest = xorDigest(digest, shareOf(document, link));
        documents += 1;
        const here = links.find(document);
        if (here?.count === link.count && here.chain === link.chain) continue;
        if (atOnce) for (const id of tell({ document, from: 0, events })) shown.add(id);
        // what is not told now, or was told by another list than this one, waits for the swap
        const now = links.find(document);
        if (now?.count === link.count && now.chain === link.chain) continue;
        const state = replayLog(document, events);
        if (state !== null) tables.stage(state, events);
      }
      tables.advance(nextOffset, documents, digest);
      return [...shown];
    },
    finishSnapshot: () => {
      const run = tables.run();
      if (run === null) throw new Error('a snapshot that was not begun is at its end');
      const info = JSON.parse(run.info) as SnapshotInfo;
      let applied: Applied = { changed: [], gone: [], dropped: [] };
      if (tables.compare() > 0) {
        const atStake = tables.contentsAtStake();
        const rows = tables.changed();
        const office = records.office();
        tables.swap(reader());
        records.forget();
        const touched = new Set<DocumentId>(rows.filter(({ gone }) => gone === 0).map(({ document }) => document));
        for (const { document, pending } of rows) if (pending === 1) for (const id of project(document)) touched.add(id);
        // what waits and hangs on the office's settlements is judged by the new ones
        if (!isDeepStrictEqual(records.office(), office)) for (const waiting of outbox.hangingOnOffice()) for (const id of project(waiting)) touched.add(id);
        const gone = rows.filter((row) => row.gone === 1).map(({ document }) => document);
        for (const id of gone) touched.delete(id);
        applied = { changed: [...touched], gone, dropped: contents.drop(atStake) };
      }
      links.setDigest(run.digest);
      links.setScope(info.scope);
      setCursor(info.cursor);
      tables.clear();
      return applied;
    },
  };
}

function wholeOf(change: Change): Extract<Change, { readonly events: unknown }> {
  if ('gone' in change || change.from !== 0) throw new Error('a snapshot holds whole documents');
  return change;
}
