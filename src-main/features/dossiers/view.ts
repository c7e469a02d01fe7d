import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import type { SyncState } from '../../../src-shared/contract/documents.ts';
import { documentKinds, type DocumentState } from '../../../src-shared/domain/document.ts';
import { handOverNoticeDay } from '../../../src-shared/domain/deadlines/hand-over.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { handOverDue } from '../../../src-shared/domain/records/dossier-rules.ts';
import { dossierDocumentIndex, type DossierDocumentEntry } from '../../../src-shared/domain/registers.ts';
import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import { vietnamDay } from '../../../src-shared/domain/vietnam-day.ts';
import type { DeskContext } from '../context.ts';
import { referenceOf } from '../registers/entries.ts';
import { officeHead } from '../registers/head.ts';
import { vietnamDate } from '../vietnam-time.ts';

export function toDossierView(context: Pick<DeskContext, 'now'>, state: DossierState, sync: SyncState): DossierView {
  const due = state.stage === 'closed' ? handOverDue(state) : null;
  return { state, sync, handOverDue: due, dueSoon: due !== null && handOverNoticeDay(due) <= vietnamDate(context.now()) };
}

/** Those that are here, in the order of their dates; what came without one stands by the day when it came (App VI.III.4). */
export function documentsOf({ store }: Pick<DeskContext, 'store'>, dossier: DossierState): readonly DocumentState[] {
  const here = dossier.documents.flatMap((id) => {
    const state = store.findDocument(id)?.state;
    return state === undefined ? [] : [state];
  });
  const day = (state: DocumentState): string => state.issuedDate ?? vietnamDay(state.createdAt);
  return here.toSorted((a, b) => day(a).localeCompare(day(b)) || a.createdAt.localeCompare(b.createdAt));
}

/** `pagesOf`: pages of a content, null where they are not known. */
export function indexOf(context: DeskContext, dossier: DossierState, documents: readonly DocumentState[], pagesOf: (state: DocumentState) => number | null): OfficialTable {
  let next = 1;
  let known = true;
  const entries = documents.map((state): DossierDocumentEntry => {
    const pages = pagesOf(state);
    known &&= pages !== null;
    const [from, to] = [next, next + (pages ?? 0) - 1];
    next = to + 1;
    return {
      reference: referenceOf(state) ?? state.notation, date: state.issuedDate, kindName: documentKinds[state.kind].name, title: state.title, author: state.from.name,
      // behind one whose pages nobody knows, no page has a number
      pages: !known ? '' : from === to ? String(from) : `${from}–${to}`,
      notes: [...(state.stage === 'recalled' ? ['Đã thu hồi'] : []), ...(state.channel === 'paper' ? ['Bản giấy'] : [])],
    };
  });
  const keeper = context.store.people().find(({ id }) => id === dossier.keeper)?.fullName ?? '';
  return dossierDocumentIndex(officeHead(context, dossier.year, [{ title: 'NGƯỜI LẬP HỒ SƠ', name: keeper }]), dossier, entries);
}
