import { apply } from '../apply.ts';
import type { DeadlineInput } from '../deadlines.ts';
import type { DocumentEvent, DocumentState, Stage } from '../document.ts';
import type { DocumentId } from '../ids.ts';

/**
 * The times that `deadlinesOf` asks for, out of a document's log. Null: the log is empty.
 *
 * A signature counts from the last time the document was approved: what goes back to its drafter has none (NĐ 30/2020 Art 11). The receipt notice of Art 21.2 is taken as given when the document is
 * registered, refused or sent back (QCVN 102 codes 03 and 02). The System sends 01 by itself when it arrives; whether that is enough the decree does not say, and the stricter is taken.
 */
export function timesOf(id: DocumentId, events: readonly DocumentEvent[]): DeadlineInput | null {
  let state: DocumentState | null = null;
  const seen: Seen = { enteredAt: new Map(), recallAskedAt: null, recallAnsweredAt: null, endedAt: null };
  for (const event of events) {
    const before: DocumentState | null = state;
    state = apply(id, before, event);
    note(seen, before, state, event.at);
  }
  if (state === null) return null;
  const at = (stage: Stage): string | null => seen.enteredAt.get(stage) ?? null;
  const common = {
    urgency: state.urgency,
    endedAt: seen.endedAt,
    // để biết asks for nothing, and what was given back is nobody's
    tasks: state.tasks.filter((task) => task.part !== 'inform' && task.state !== 'returned').map(({ person, givenAt, deadline, doneAt }) => ({ subject: person, assignedAt: givenAt, deadline, doneAt })),
  };
  if (state.direction === 'outgoing') {
    return { ...common, direction: 'outgoing', electronic: true, signedAt: at('approved'), numberedAt: at('issued'), issuedAt: at('issued'), sentAt: at('sent') };
  }
  return {
    ...common,
    direction: 'incoming',
    // paper and mail know no notice through the System
    electronic: state.channel === null || state.channel === 'axis',
    arrivedAt: state.createdAt,
    acknowledgedAt: at('registered') ?? at('refused') ?? at('sent-back'),
    registeredAt: at('registered'),
    presentedAt: at('presented'),
    recallAskedAt: seen.recallAskedAt,
    recallAnsweredAt: seen.recallAnsweredAt,
  };
}

type Seen = { readonly enteredAt: Map<Stage, string>; recallAskedAt: string | null; recallAnsweredAt: string | null; endedAt: string | null };

const unsigned: readonly Stage[] = ['draft', 'submitted', 'returned'];
const ends: readonly Stage[] = ['refused', 'sent-back', 'recalled', 'replaced', 'voided'];

function note(seen: Seen, before: DocumentState | null, after: DocumentState, at: string): void {
  if (before?.stage !== after.stage) {
    if (unsigned.includes(after.stage)) seen.enteredAt.clear();
    // a step that is done again was done the first time
    if (!seen.enteredAt.has(after.stage)) seen.enteredAt.set(after.stage, at);
    seen.endedAt = ends.includes(after.stage) ? at : null;
  }
  if (before?.asked?.change !== 'recall' && after.asked?.change === 'recall') seen.recallAskedAt = at;
  if (before?.asked?.change === 'recall' && after.asked === null) seen.recallAnsweredAt = at;
}
