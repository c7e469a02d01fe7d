import type { BoardRow } from '../../../src-shared/contract/tasks.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';

export const boardStates = ['open', 'late', 'done', 'all'] as const;
export type BoardState = (typeof boardStates)[number];

/** Whose work is looked at (null: everybody's) and which of it. */
export type BoardView = { readonly person: PersonId | null; readonly state: BoardState };

/** Where the person is on the board: a row by its place and, as rows come and go, by its name. */
export type BoardPlace = { readonly index: number; readonly key: string | null };

export const boardTop: BoardPlace = { index: 0, key: null };

/** A document stands on the board once for each person who has a part in it. */
export function keyOf({ document, task }: BoardRow): string {
  return `${document.id} ${task.person}`;
}

export type Load = { readonly open: number; readonly late: number };
type Carrier = { readonly id: PersonId; readonly fullName: string; readonly position: string };
export type LoadedPerson = Carrier & Load;

/** Everybody of the unit with what they carry: who is late first, then who carries most. Whoever left and still has work stays in sight. */
export function peopleByLoad(directory: readonly Carrier[], loads: readonly (Load & { readonly person: PersonId })[]): readonly LoadedPerson[] {
  const known = new Map(directory.map((one) => [one.id, one]));
  const carried = new Map(loads.map((one) => [one.person, one]));
  return [...new Set([...known.keys(), ...carried.keys()])]
    .map((id) => ({ id, fullName: known.get(id)?.fullName ?? id, position: known.get(id)?.position ?? '', open: carried.get(id)?.open ?? 0, late: carried.get(id)?.late ?? 0 }))
    .toSorted((a, b) => b.late - a.late || b.open - a.open || a.fullName.localeCompare(b.fullName, 'vi'));
}
