import type { FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';

export type CardOf = { readonly figure: FigureId; readonly by: string };

/** What each role looks at first: the clerk what came and went, the leader what is in time, whoever handles documents their own. */
export function cardsOf(role: Role, me: string): readonly CardOf[] {
  switch (role) {
    case 'leader':
      return whole('on-time-task', 'overdue', 'handling-time', 'received');
    case 'officer':
      return [...(['on-time-task', 'overdue'] as const).map((figure) => ({ figure, by: `person:${me}` })), ...whole('handling-time', 'received')];
    case 'clerk':
    case 'administrator':
      return whole('received', 'sent', 'signed-both', 'overdue');
  }
}

function whole(...figures: readonly FigureId[]): readonly CardOf[] {
  return figures.map((figure) => ({ figure, by: '' }));
}
