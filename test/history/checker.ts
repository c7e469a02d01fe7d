import type { Command, LogEvent } from '../../src-shared/domain/document.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';

/** What was seen from outside while it ran: clicks, the server's last word on each, and what desks showed. */
export type History = {
  readonly clicked: readonly { readonly desk: string; readonly command: Command }[];
  /** As the server keeps them. */
  readonly answers: ReadonlyMap<string, CommandAnswer['status']>;
  /** Still in a desk's outbox, refused, in conflict or taken back: visible to a person. */
  readonly visible: ReadonlySet<string>;
  /** The server's own logs at the end, by document. */
  readonly logs: ReadonlyMap<string, readonly LogEvent[]>;
  readonly books: ReadonlyMap<string, readonly { readonly number: number; readonly epoch: number; readonly document: string | null }[]>;
  /** In the order of looking: which commands' events a desk showed as the server's. */
  readonly looks: readonly { readonly desk: string; readonly commands: ReadonlySet<string> }[];
};

/** Every way in which the history could not have happened on one correct machine; empty when there is none. Each names its invariant (sync.md). */
export function checkHistory(history: History): readonly string[] {
  return [...effects(history), ...numbers(history), ...updates(history), ...looks(history)];
}

/** I1, I2: one effect for each click that was taken, none for the others, and no click without a trace. */
function* effects({ clicked, answers, visible, logs }: History): Generator<string> {
  const counts = new Map<string, number>();
  for (const [document, log] of logs) {
    const here = new Set(log.map(({ command }) => command).filter((id) => id !== null));
    for (const id of here) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const id of here) {
      const positions = log.flatMap(({ command }, at) => (command === id ? [at] : []));
      if (positions.at(-1)! - positions[0]! !== positions.length - 1) yield `I2 ${id} had its effect on ${document} in two places`;
    }
  }
  for (const { desk, command } of clicked) {
    const count = counts.get(command.id) ?? 0;
    const answer = answers.get(command.id);
    if (count > 1) yield `I2 ${command.type} ${command.id} of ${desk} stands in ${count} logs`;
    if (answer === 'applied' && count === 0) yield `I1 ${command.type} ${command.id} of ${desk} was taken and has no effect`;
    if (answer !== 'applied' && count > 0) yield `I1 ${command.type} ${command.id} of ${desk} has an effect and the answer ${answer ?? 'none'}`;
    if (answer === undefined && !visible.has(command.id)) yield `I1 ${command.type} ${command.id} of ${desk} is lost`;
    if (answer !== undefined && answer !== 'applied' && !visible.has(command.id)) yield `I1 ${command.type} ${command.id} of ${desk} was ${answer} and nobody is told`;
  }
}

/** I3: a number once in a book, a document one number, no gap but recorded voids. */
function* numbers({ books, logs }: History): Generator<string> {
  for (const [book, entries] of books) {
    const given = entries.map(({ number }) => number);
    if (new Set(given).size !== given.length) yield `I3 a number of ${book} was given twice`;
    const last = Math.max(0, ...entries.filter(({ document }) => document !== null).map(({ number }) => number));
    const first = Math.min(...given);
    for (let number = first; number <= last; number++) if (!given.includes(number)) yield `I3 ${book} has a gap at ${number}`;
    const documents = entries.map(({ document }) => document).filter((id) => id !== null);
    if (new Set(documents).size !== documents.length) yield `I3 a document has two numbers of ${book}`;
  }
  const inLogs = new Map<string, string>();
  for (const [document, log] of logs) {
    for (const event of log) {
      if (event.type !== 'issued' && event.type !== 'registered') continue;
      const key = `${event.entry.book} ${event.entry.number}`;
      if (inLogs.has(key)) yield `I3 ${key} stands on ${document} and on ${inLogs.get(key)}`;
      inLogs.set(key, document);
    }
  }
}

/** What moves the register of assignments, and what moves none: two of those made at once both stand. Written out here once more, by hand. */
const assigning: ReadonlySet<string> = new Set(['assigned', 'extensionAnswered', 'passedOn']);
const unmoving: ReadonlySet<string> = new Set(['deliveryReported', 'commented', 'taskAccepted', 'taskReturned', 'progressReported', 'extensionRequested', 'taskFinished', 'evaluated', 'reminded']);

/** I7: assignments of a document are compare-and-set on one register: the n-th that was taken was made by someone who had seen n−1. */
function* updates({ clicked, logs }: History): Generator<string> {
  const byId = new Map(clicked.map(({ command }) => [command.id as string, command]));
  for (const [document, log] of logs) {
    let [assignments, workflow] = [0, 0];
    for (const event of log) {
      const command = event.command === null ? undefined : byId.get(event.command);
      if (assigning.has(event.type)) {
        if (command !== undefined && command.base.assignment !== assignments) yield `I7 ${command.id} assigned ${document} over a version that its author had not seen (${command.base.assignment}, stood ${assignments})`;
        assignments += 1;
      } else if (!unmoving.has(event.type)) {
        if (command !== undefined && command.base.workflow !== workflow) yield `I7 ${command.id} changed ${document} over a version that its author had not seen (${command.base.workflow}, stood ${workflow})`;
        workflow += 1;
      }
    }
  }
}

/** Set-full: what a desk once showed as the server's it shows ever after, and in the end every desk shows all of it (I5, I10, I13). */
function* looks({ looks: all, answers, logs }: History): Generator<string> {
  const before = new Map<string, ReadonlySet<string>>();
  for (const { desk, commands } of all) {
    for (const id of before.get(desk) ?? []) if (!commands.has(id)) yield `I13 ${desk} showed ${id} and then no more`;
    for (const id of commands) if (answers.get(id) !== 'applied') yield `I5 ${desk} showed ${id}, which the server never took`;
    before.set(desk, commands);
  }
  const everything = new Set([...logs.values()].flatMap((log) => log.map(({ command }) => command).filter((id) => id !== null)));
  for (const [desk, last] of before) for (const id of everything) if (!last.has(id)) yield `I5 ${desk} never showed ${id}`;
}
