import { useRef, useState, type RefObject } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useQuery } from '../../bridge/use-query.ts';

export type Inspection = Output<'signing.inspect'>;

export type Before = {
  readonly inspection: Inspection | undefined;
  /** Something here must be read before signing. */
  readonly matters: boolean;
  /** The signature after which changes were seen and accepted, by its field's name. */
  readonly accepted: string | null;
  readonly ticked: boolean;
  readonly tick: (ticked: boolean) => void;
  /** The person went on without ticking: said beside the box. */
  readonly missing: boolean;
  /** Whether signing may go on; if not, the box is brought before the person. */
  readonly mayGoOn: () => boolean;
  readonly box: RefObject<HTMLDivElement | null>;
};

/** What the file itself says that its signer should know, and the person's word on changes after an earlier signature. */
export function useBeforeSigning(id: DocumentId, content: string): Before {
  const { data: inspection } = useQuery('signing.inspect', { id });
  // A word given for one content is none for the next
  const [given, setGiven] = useState<{ readonly content: string; readonly field: string } | null>(null);
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const changed = inspection?.changedSince ?? null;
  const ticked = changed !== null && given !== null && given.content === content && given.field === changed.field;
  return {
    inspection,
    matters: changed !== null || (inspection?.certified ?? null) !== null,
    accepted: ticked ? changed.field : null,
    ticked,
    tick: (on) => {
      setGiven(on && changed ? { content, field: changed.field } : null);
      setMissing(false);
    },
    missing: missing && !ticked,
    mayGoOn: () => {
      if (changed === null || ticked) return true;
      setMissing(true);
      box.current?.scrollIntoView({ block: 'nearest' });
      box.current?.querySelector('input')?.focus();
      return false;
    },
    box,
  };
}

/** The viewer itself asks for the password of the file. */
export function toldElsewhere(error: AppError | null): boolean {
  return error?.code === 'pdf.password-needed';
}
