import { assertNever, fail, ok, type Result } from '../../result.ts';
import type { DocumentId } from '../ids.ts';
import type { Organization } from '../organization.ts';
import type { CatalogueState } from './catalogue.ts';
import type { RecordCommand, RecordEvent } from './record.ts';

export type CatalogueCommand = RecordCommand & { readonly type: 'setCatalogue' | 'approveCatalogue' };
export type CatalogueEvent = RecordEvent & { readonly type: 'catalogueSet' | 'catalogueApproved' };

/** NĐ 30/2020 Art 28: made by the clerk, approved by the head. Errors: `not-allowed`, `not-found`, `dossier.codes-twice`. */
export function decideCatalogue(state: CatalogueState | null, command: CatalogueCommand, unit: Organization): Result<readonly CatalogueEvent[]> {
  const meta = { at: command.at, by: command.actor, command: command.id };
  switch (command.type) {
    case 'setCatalogue': {
      if (command.actor.role !== 'clerk' && command.actor.role !== 'leader') return fail('not-allowed');
      // App V counts the headings within each main heading anew; a dossier's code is its own in the whole list
      const codes = command.args.entries.filter(({ heading }) => !heading).map(({ code }) => code);
      if (new Set(codes).size !== codes.length) return fail('dossier.codes-twice');
      return ok([{ ...meta, type: 'catalogueSet', ...command.args, unit }]);
    }
    case 'approveCatalogue':
      if (command.actor.role !== 'leader') return fail('not-allowed');
      return state === null ? fail('not-found', { what: 'catalogue' }) : ok([{ ...meta, type: 'catalogueApproved' }]);
    default:
      return assertNever(command);
  }
}

export function applyCatalogue(id: DocumentId, state: CatalogueState | null, event: CatalogueEvent): CatalogueState {
  switch (event.type) {
    case 'catalogueSet': {
      const versions = { workflow: (state?.versions.workflow ?? 0) + 1, assignment: 0 };
      // another list than the one that was approved
      return { record: 'catalogue', id, unit: event.unit, year: event.year, entries: event.entries, approved: null, versions, createdAt: state?.createdAt ?? event.at, updatedAt: event.at };
    }
    case 'catalogueApproved':
      if (state === null) throw new Error(`the log of ${id} begins with ${event.type}`);
      return { ...state, approved: { by: event.by?.fullName ?? '', at: event.at }, versions: { ...state.versions, workflow: state.versions.workflow + 1 }, updatedAt: event.at };
    default:
      return assertNever(event);
  }
}
