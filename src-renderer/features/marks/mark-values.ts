import { z } from 'zod';
import { placement, type MarkInput } from '../../../src-shared/contract/signing.ts';
import { copyForm, type MarkKind } from '../../../src-shared/domain/mark.ts';

const markValues = z.object({
  forwardTo: z.string(),
  fileCode: z.string(),
  form: copyForm,
  text: z.string(),
  /** Null: where the mark belongs. */
  place: placement.nullable(),
});
export type MarkValues = z.output<typeof markValues>;
export const nothingWritten: MarkValues = { forwardTo: '', fileCode: '', form: 'sao-y', text: '', place: null };

export function parseMarkValues(value: unknown): MarkValues | null {
  return markValues.safeParse(value).data ?? null;
}

/** What is asked for; null while there is nothing to write yet. */
export function markInputOf(kind: MarkKind, values: MarkValues): MarkInput | null {
  switch (kind) {
    case 'incoming':
      return { kind, forwardTo: values.forwardTo.trim(), fileCode: values.fileCode.trim() };
    case 'copy':
      return { kind, form: values.form };
    case 'appendix':
      return { kind };
    case 'comment':
      return values.text.trim() === '' ? null : { kind, text: values.text.trim() };
  }
}
