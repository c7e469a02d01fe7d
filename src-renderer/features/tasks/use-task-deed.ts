import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentId, PersonId } from '../../../src-shared/domain/ids.ts';
import type { AppError, Result } from '../../../src-shared/result.ts';
import { useBridge, useStore } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import type { MessageKey } from '../../i18n/translate.ts';
import { useDone } from '../documents/use-done.ts';
import type { TaskAsking, TaskValues } from './task-asking.ts';

export type TaskDeeds = {
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly accept: () => Promise<boolean>;
  readonly grant: (person: PersonId, until: string) => Promise<boolean>;
  /** `keepDay`: the person has seen that the office is closed on that day. */
  readonly send: (asking: TaskAsking, values: TaskValues, keepDay: boolean) => Promise<boolean>;
};

/** What is done about a part of a document: stored, said, and offered to be taken back. */
export function useTaskDeeds(id: DocumentId): TaskDeeds {
  const t = useT();
  const bridge = useBridge();
  const store = useStore();
  const done = useDone();
  const [state, setState] = useState<{ readonly busy: boolean; readonly error: AppError | null }>({ busy: false, error: null });

  async function run(words: MessageKey, deed: () => Promise<Result<DocumentDetail>>): Promise<boolean> {
    setState({ busy: true, error: null });
    const result = await deed();
    setState({ busy: false, error: result.ok ? null : result.error });
    if (!result.ok) return false;
    done(t(words), [result.value]);
    // Who carries how much, and what the law still asks, have changed with it
    store.invalidate(({ channel }) => channel === 'directory.people' || channel.startsWith('tasks.'));
    return true;
  }

  function send({ verb, person }: TaskAsking, values: TaskValues, keepDay: boolean): Promise<boolean> {
    const text = values.text.trim();
    const closedDay = keepDay ? 'keep' : 'ask';
    switch (verb) {
      case 'return':
        return run('task.done.return', () => bridge['tasks.return']({ id, reason: text }));
      case 'report':
        return run('task.done.report', () => bridge['tasks.report']({ id, percent: values.percent ?? 0, text }));
      case 'extend':
        return run('task.done.extend', () => bridge['tasks.requestExtension']({ id, until: given(values.until), reason: text, closedDay }));
      case 'finish':
        return run('task.done.finish', () => bridge['tasks.finish']({ id, result: text, answer: values.answer }));
      case 'passOn':
        return run('task.done.passOn', () => bridge['tasks.passOn']({ id, to: given(values.person === '' ? null : values.person), directive: text, deadline: values.until, closedDay }));
      case 'remind':
        return run('task.done.remind', () => bridge['tasks.remind']({ id, person: given(person), text }));
      case 'evaluate':
        return run('task.done.evaluate', () => bridge['tasks.evaluate']({ id, person: given(person), grade: given(values.grade), text }));
      case 'refuseExtension':
        return run('task.done.refuseExtension', () => bridge['tasks.answerExtension']({ id, person: given(person), granted: false, until: null, reason: text }));
      case 'reopen':
        return run('task.done.reopen', () => bridge['tasks.reopen']({ id, reason: text }));
    }
  }

  return {
    ...state,
    accept: () => run('task.done.accept', () => bridge['tasks.accept']({ id })),
    grant: (person, until) => run('task.done.grant', () => bridge['tasks.answerExtension']({ id, person, granted: true, until, reason: '' })),
    send,
  };
}

/** The form is not sent before it is there. */
function given<T>(value: T | null): T {
  if (value === null) throw new Error('sent without what it needs');
  return value;
}
