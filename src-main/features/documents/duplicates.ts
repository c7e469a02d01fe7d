import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { parseReference } from '../../../src-shared/domain/notation.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

/**
 * Documents that may be this one again (NĐ 30/2020 App VI.III.1): of the same origin, or of the same number, notation and issuer. A warning, never a refusal: whoever registers decides.
 * Error: `not-found`.
 */
export function duplicates({ store }: DeskContext, input: ParsedInput<'documents.duplicates'>): Result<{ rows: DocumentState[] }> {
  if (!('id' in input)) {
    const { number, numberText } = parseReference(input.numberText);
    return ok({ rows: [...store.findDuplicates({ origin: null, number, numberText: number === null && numberText !== '' ? numberText : null, notation: input.notation, from: input.from, except: null })] });
  }
  const state = store.findDocument(input.id)?.state;
  if (state === undefined) return fail('not-found', { what: 'document' });
  const first = store.readHistory(input.id).find(({ type }) => type === 'arrived');
  const origin = first?.type === 'arrived' ? first.origin : null;
  // before it has a number of its own, a draft can be like no other
  if (origin === null && state.number === null && state.numberText === null) return ok({ rows: [] });
  const { number, numberText, notation, from } = state;
  return ok({ rows: [...store.findDuplicates({ origin, number, numberText, notation, from, except: state.id })] });
}
