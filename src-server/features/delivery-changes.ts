import { commandRules } from '../../src-shared/domain/command-rules.ts';
import type { DeliveryStatus, DocumentEvent, DocumentState, Stage } from '../../src-shared/domain/document.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { DocumentTable } from '../storage/port.ts';
import { arrivalId } from './canonical.ts';
import { postDocument, type Post } from './delivery-axis.ts';
import { isGone, readDocument, type Touched } from './delivery-documents.ts';
import { report, reportProgress, takeQuestionBack, write } from './delivery-reports.ts';

type Asked = DocumentEvent & { type: 'changeAsked' };
type Answered = DocumentEvent & { type: 'changeAnswered' };

/**
 * QĐ 28/2018 Art 8.2, 9.2: the sender asks, each receiver answers for itself. The question goes into the receiver's own document, under the id of the sender's command.
 * Who cannot answer any more (withdrawn from its sight, replaced, or never there) is not asked, and stands at the sender as it stood before. `before`: the sender's document.
 */
export async function askReceivers(post: Post, before: DocumentState, { change, reason, fields, recipients, command }: Asked, at: string): Promise<readonly Touched[]> {
  const { documents } = post;
  const touched: Touched[] = [];
  for (const unit of recipients ?? []) {
    const beyond = post.isOurs(unit) ? undefined : before.recipients.find(({ organization }) => organization.code === unit);
    if (beyond !== undefined) {
      await postDocument(post, before, beyond.organization, { type: change === 'recall' ? '1' : '2', reason, cause: command ?? at, ...(fields === undefined ? {} : { fields }) }, at);
      continue;
    }
    const id = arrivalId(before.id, unit);
    const theirs = (await isGone(documents, unit, id)) ? null : await readDocument(documents, unit, id);
    if (theirs !== null && theirs.from.code === before.unit.code && canAnswer(theirs.stage)) {
      await documents.append(unit, id, [{ type: 'changeAsked', at, by: null, command, change, reason, ...(fields === undefined ? {} : { fields }) }]);
      touched.push({ unit, id });
      continue;
    }
    const sender = { unit: before.unit.code, id: before.id };
    const [status, description] = standing(theirs, before, unit);
    // the question that waited before this one cannot be answered either
    touched.push(...(status === '13' ? await takeQuestionBack(documents, sender, unit, at) : await write(documents, sender, unit, status, description, at)));
  }
  return touched;
}

/** 15 or 16 at the sender. While an update waited, the work went on unsaid: what came of it is told behind the answer. */
export async function answerChange(documents: DocumentTable, state: DocumentState, { agree, reason }: Answered, at: string): Promise<readonly Touched[]> {
  const answered = await report(documents, state, agree ? '15' : '16', reason, at);
  return answered.length === 0 ? [] : [...answered, ...(await reportProgress(documents, state, at))];
}

function canAnswer(stage: Stage): boolean {
  return (commandRules.answerChange.stages as readonly Stage[]).includes(stage);
}

function standing(theirs: DocumentState | null, before: DocumentState, unit: OrganizationCode): readonly [DeliveryStatus, string] {
  switch (theirs?.stage) {
    case 'recalled':
      return ['15', ''];
    case 'refused':
    case 'sent-back':
      return ['02', theirs.reason ?? ''];
    default: {
      const known = before.recipients.find(({ organization }) => organization.code === unit);
      return [known?.status ?? 'sent', known?.description ?? ''];
    }
  }
}
