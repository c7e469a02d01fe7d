import type { Folder, QuickFilter, SyncState } from '../contract/documents.ts';
import { documentKinds, type DocumentState } from './document.ts';
import type { PersonId } from './ids.ts';
import { formatNumber, formatReference } from './notation.ts';
import type { OfficialColumn, OfficialTable } from './official-table.ts';
import { folderWords, quickFilterWords, stageNames, syncWords, urgencyWords, verdictWords } from './results-words.ts';
import type { Verdict } from './verdict.ts';
import { vietnamDay } from './vietnam-day.ts';

export type ResultLine = { readonly state: DocumentState; readonly sync: SyncState; readonly verdict: Verdict };
export type ResultNames = { readonly nameOf: (person: PersonId) => string };

/** Which list it was, and when it was taken: an instant. */
export type ResultsAsked = { readonly folder: Folder; readonly query: string; readonly quick: readonly QuickFilter[]; /** Only rows that were chosen. */ readonly chosen: boolean; readonly at: string; readonly total: number };

type Cell = (line: ResultLine, names: ResultNames) => string;
type Column = OfficialColumn & { readonly cell: Cell };

const common = {
  reference: { title: 'Số, ký hiệu', width: 12, align: 'left', cell: ({ state }) => (state.number === null && (state.numberText ?? '') === '' ? state.notation : formatReference({ number: state.number, numberText: state.numberText ?? '', notation: state.notation })) },
  issued: { title: 'Ngày văn bản', width: 9, align: 'center', cell: ({ state }) => printed(state.issuedDate) },
  kind: { title: 'Loại', width: 9, align: 'left', cell: ({ state }) => documentKinds[state.kind].name },
  title: { title: 'Trích yếu', width: 30, align: 'left', cell: ({ state }) => state.title },
  urgency: { title: 'Độ khẩn', width: 7, align: 'left', cell: ({ state }) => urgencyWords[state.urgency] },
  stage: { title: 'Trạng thái', width: 11, align: 'left', cell: ({ state }) => stageNames[state.stage] },
  verdict: { title: 'Kiểm tra chữ ký', width: 11, align: 'left', cell: ({ verdict }) => verdictWords[verdict] },
  sync: { title: 'Máy chủ', width: 9, align: 'left', cell: ({ sync }) => syncWords[sync] },
} as const satisfies Record<string, Column>;

const incoming: readonly Column[] = [
  { title: 'Số đến', width: 6, align: 'center', cell: ({ state }) => (state.arrival === null ? '' : formatNumber(state.arrival.number)) },
  { title: 'Ngày đến', width: 9, align: 'center', cell: ({ state }) => printed(state.arrival?.arrivalDate ?? vietnamDay(state.createdAt)) },
  common.reference, common.issued,
  { title: 'Nơi gửi', width: 16, align: 'left', cell: ({ state }) => state.from.name },
  common.kind, common.title, common.urgency, common.stage,
  { title: 'Người xử lý', width: 13, align: 'left', cell: ({ state }, { nameOf }) => handlersOf(state).map(nameOf).join('; ') },
  { title: 'Hạn', width: 9, align: 'center', cell: ({ state }) => printed(state.assignment?.deadline ?? null) },
  common.verdict, common.sync,
];

const outgoing: readonly Column[] = [
  common.reference, common.issued, common.kind, common.title,
  { title: 'Nơi nhận', width: 20, align: 'left', cell: ({ state }) => state.recipients.map(({ organization }) => organization.name).join('; ') },
  { title: 'Người soạn', width: 12, align: 'left', cell: ({ state }) => state.drafter ?? '' },
  { title: 'Người ký', width: 12, align: 'left', cell: ({ state }) => state.signer ?? '' },
  common.urgency, common.stage, common.verdict, common.sync,
];

/** A list as the office keeps or prints it, without its rows: which office, what was asked for, when, how many. */
export function resultsTable(head: Pick<OfficialTable, 'parentBody' | 'body'>, asked: ResultsAsked): Omit<OfficialTable, 'rows'> {
  const says = [
    folderWords[asked.folder],
    ...(asked.query.trim() === '' ? [] : [`Tìm: ${asked.query.trim()}`]),
    ...(asked.quick.length === 0 ? [] : [`Lọc nhanh: ${asked.quick.map((filter) => quickFilterWords[filter]).join(', ')}`]),
    ...(asked.chosen ? ['Chỉ các văn bản đã chọn'] : []),
    `${asked.total} văn bản`,
    `Lập lúc ${momentOf(asked.at)}`,
  ];
  const columns = [{ title: 'STT', width: 5, align: 'center' } as const, ...columnsOf(asked.folder).map(({ title, width, align }) => ({ title, width, align }))];
  return { parentBody: head.parentBody, body: head.body, title: 'DANH SÁCH VĂN BẢN', subtitle: composed(says.join(' · ')), columns, notes: [], signers: [], placeAndDate: '' };
}

/** `at`: from 1. */
export function resultsRow(folder: Folder, line: ResultLine, at: number, names: ResultNames): readonly string[] {
  return [String(at), ...columnsOf(folder).map(({ cell }) => composed(cell(line, names)))];
}

/** In lists of what arrives and of work: whose work it is, who leads first. */
function handlersOf({ tasks }: DocumentState): readonly PersonId[] {
  const parts = ['lead', 'support'] as const;
  return parts.flatMap((part) => tasks.filter((task) => task.part === part && task.state !== 'returned').map(({ person }) => person));
}

function columnsOf(folder: Folder): readonly Column[] {
  return folder === 'incoming' || folder === 'tasks' ? incoming : outgoing;
}

/** What people typed may hold letters and marks apart; a file that is searched later has them composed. */
function composed(text: string): string {
  return text.normalize('NFC');
}

function printed(date: string | null): string {
  return date === null ? '' : `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** In Vietnam's time. */
function momentOf(at: string): string {
  const clock = new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(11, 16);
  return `${clock} ngày ${printed(vietnamDay(at))}`;
}
