import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Assignment, DocumentState } from '../../../src-shared/domain/document.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge, useStore } from '../../bridge/use-query.ts';

export type Assigning = {
  /** Null when nothing is under way. */
  readonly done: number | null;
  readonly failed: readonly { readonly document: DocumentState; readonly error: AppError }[];
  readonly run: (documents: readonly DocumentState[], assignment: Assignment) => Promise<{ readonly done: readonly DocumentDetail[]; readonly failed: readonly { readonly document: DocumentState; readonly error: AppError }[] }>;
};

/** Gives the same work to one document after another; each stands by itself, so one that refuses does not hold the rest. */
export function useAssign(): Assigning {
  const bridge = useBridge();
  const store = useStore();
  const [state, setState] = useState<Pick<Assigning, 'done' | 'failed'>>({ done: null, failed: [] });
  async function run(documents: readonly DocumentState[], assignment: Assignment): ReturnType<Assigning['run']> {
    const done: DocumentDetail[] = [];
    const failed: { readonly document: DocumentState; readonly error: AppError }[] = [];
    for (const document of documents) {
      setState({ done: done.length, failed });
      const result = await bridge['documents.assign']({ id: document.id, ...assignment, support: [...assignment.support], inform: [...assignment.inform] });
      if (result.ok) done.push(result.value);
      else failed.push({ document, error: result.error });
    }
    setState({ done: null, failed });
    store.invalidate(({ channel }) => channel === 'directory.people' || channel === 'directory.phrases' || channel === 'documents.read');
    return { done, failed };
  }
  return { ...state, run };
}
