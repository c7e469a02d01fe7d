import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Assignment, DocumentState } from '../../../src-shared/domain/document.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge, useStore } from '../../bridge/use-query.ts';

/** What was not given out, and why. */
export type NotAssigned = { readonly document: DocumentState; readonly error: AppError };

export type Assigning = {
  readonly busy: boolean;
  /** Why nothing at all was given out. */
  readonly error: AppError | null;
  readonly failed: readonly NotAssigned[];
  /** `keepDay`: the person has seen that the office is closed on a day. Null where nothing was given out. */
  readonly run: (documents: readonly DocumentState[], assignment: Assignment, keepDay: boolean) => Promise<{ readonly done: readonly DocumentDetail[]; readonly failed: readonly NotAssigned[] } | null>;
  readonly clear: () => void;
};

const atRest = { busy: false, error: null, failed: [] } as const;

/** Gives the same work to one document or to many; each stands by itself, so one that refuses does not hold the rest. */
export function useAssign(): Assigning {
  const bridge = useBridge();
  const store = useStore();
  const [state, setState] = useState<Pick<Assigning, 'busy' | 'error' | 'failed'>>(atRest);

  async function run(documents: readonly DocumentState[], assignment: Assignment, keepDay: boolean): ReturnType<Assigning['run']> {
    const closedDay = keepDay ? 'keep' : 'ask';
    const [only] = documents;
    setState({ ...atRest, busy: true });
    if (documents.length === 1 && only) {
      const result = await bridge['documents.assign']({ id: only.id, ...assignment, closedDay });
      setState(result.ok ? atRest : { ...atRest, error: result.error });
      if (!result.ok) return null;
      tell();
      return { done: [result.value], failed: [] };
    }
    const result = await bridge['tasks.assignMany']({ ids: documents.map(({ id }) => id), ...assignment, closedDay });
    if (!result.ok) {
      setState({ ...atRest, error: result.error });
      return null;
    }
    const failed = result.value.failed.flatMap(({ id, error }) => documents.filter((document) => document.id === id).map((document) => ({ document, error })));
    // What can be taken back is known of each by itself
    const details = await Promise.all(result.value.done.map((id) => bridge['documents.read']({ id })));
    setState({ ...atRest, failed });
    tell();
    return { done: details.flatMap((detail) => (detail.ok ? [detail.value] : [])), failed };
  }

  /** Who carries how much, what was written before, and what the law still asks have changed with it. */
  function tell(): void {
    store.invalidate(({ channel }) => channel === 'directory.people' || channel === 'directory.phrases' || channel === 'documents.read' || channel.startsWith('tasks.'));
  }

  return { ...state, run, clear: () => setState(atRest) };
}
