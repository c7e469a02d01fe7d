import type { Folder, QuickFilter } from '../../../src-shared/contract/documents.ts';
import type { Stage } from '../../../src-shared/domain/document.ts';
import { addDays, kindsOf, parseSearch, readDays, readDue, readNumber, stagesOf, type SearchTerm } from '../../../src-shared/domain/search-query.ts';
import { matchExpression } from './search.ts';

export type ListAsk = { readonly folder: Folder; readonly me: string; readonly text: string; readonly quick: readonly QuickFilter[]; readonly today: string };

/** Names are looked up by the caller: codes of offices and ids of people that the words mean. */
export type Lookup = { readonly offices: (words: string) => readonly string[]; readonly people: (words: string) => readonly string[] };

export type Bound = Record<string, string | number>;

/** `from … where`, the same for rows, counts and places. */
export type ListPlan = {
  readonly source: string;
  readonly where: string;
  readonly bound: Bound;
  /** What the words of the question match (`matchExpression`); null when there is none. It is no part of `where`. */
  readonly match: string | null;
  /** Nothing but the folder and the words narrows it. */
  readonly plain: boolean;
  /** A folder as it is, whose count is kept. */
  readonly whole: boolean;
  /** Not along an index alone: reading a page costs as much as reading the whole order, which is worth remembering then. */
  readonly searched: boolean;
  /** It asks `blobs.db` which content is here. */
  readonly needsBlobs: boolean;
};

/** Rows of the present outbox that are still to be sent. */
const waitingSet = "SELECT o_d.row AS row FROM outbox o JOIN document o_d ON o_d.id = o.document WHERE o.state IN ('waiting', 'sending', 'confirming')";

const stagesOfFolder: Readonly<Record<Folder, readonly Stage[] | null>> = {
  incoming: null, signing: ['submitted'], issuing: ['approved', 'issued'], outgoing: null, tasks: null,
};

/** Deadlines so near that they are shown as such. */
const soonDays = 3;

/**
 * How a list is read. A small set (the outbox, a number, a person's work) leads where there is one, and what it names is sorted;
 * otherwise an index is walked that has the list's order, so that nothing is sorted and a page ends where it is full. The index is named:
 * the planner keeps no statistics here and must not guess. Words are looked up by the caller. `matched`: the rows that they are in, where those are
 * few: they lead then; where they are many, the caller leaves out what is not among them.
 */
export function planList(ask: ListAsk, lookup: Lookup, matched: readonly number[] | null = null): ListPlan {
  const search = parseSearch(ask.text);
  const sets: string[] = [];
  const rules: string[] = [];
  const bound: Bound = {};
  const indexes = new Set<string>();
  const bind = (value: string | number): string => {
    const name = `p${Object.keys(bound).length}`;
    bound[name] = value;
    return `:${name}`;
  };
  const bindList = (values: readonly (string | number)[]): string => `(SELECT value FROM json_each(${bind(JSON.stringify(values))}))`;
  let stages: readonly Stage[] | null = stagesOfFolder[ask.folder];
  let words = search.words;
  let needsBlobs = false;

  for (const filter of ask.quick) addQuick(filter);
  if (ask.folder === 'tasks') sets.push(`SELECT document AS row FROM assignee WHERE person = ${bind(ask.me)} AND (open = 1 OR (part = 'inform' AND state = 'new'))`);
  for (const term of search.terms) addTerm(term);
  if (stages !== null) rules.push(stages.length === 1 ? `d.stage = ${bind(stages[0] ?? '')}` : `d.stage IN ${bindList(stages)}`);

  const direction = ask.folder === 'incoming' || ask.folder === 'tasks' ? 'incoming' : 'outgoing';
  const match = matchExpression(words, direction);
  const plain = rules.length === 0 && sets.length === 0;
  if (matched !== null) sets.unshift(`SELECT value AS row FROM json_each(${bind(JSON.stringify(matched))})`);
  const [lead, ...others] = sets;
  const all = [`d.direction = '${direction}'`, ...rules, ...others.map((set) => `d.row IN (${set})`)];
  return {
    source: lead === undefined ? `document d INDEXED BY ${indexFor()}` : `(SELECT DISTINCT row FROM (${lead})) led CROSS JOIN document d INDEXED BY document_by_row ON d.row = led.row`,
    where: all.join(' AND '),
    bound,
    match,
    plain,
    whole: match === null && ask.quick.length === 0 && search.terms.length === 0 && ask.folder !== 'tasks',
    searched: match !== null || sets.length > 0 || search.terms.length > 0,
    needsBlobs,
  };

  function indexFor(): string {
    for (const index of ['document_express', 'document_by_deadline', 'document_unread']) if (indexes.has(index)) return index;
    const listOnly = search.terms.some(({ operator }) => operator !== 'stage');
    // two stages of it come in two runs, which are merged by sorting: where both are what waits, that is little
    const short = stages !== null && (stages.length === 1 || ask.folder === 'issuing');
    return short && !listOnly ? 'document_by_stage' : 'document_list';
  }

  function addQuick(filter: QuickFilter): void {
    switch (filter) {
      case 'unread':
        indexes.add('document_unread');
        return void rules.push('d.unread = 1');
      case 'express':
        indexes.add('document_express');
        return void rules.push("d.urgency = 'express'");
      case 'due-soon':
        indexes.add('document_by_deadline');
        return void rules.push(`d.deadline IS NOT NULL AND d.due <= ${bind(addDays(ask.today, soonDays))}`);
      case 'mine':
        return void sets.push(`SELECT document AS row FROM assignee WHERE person = ${bind(ask.me)} AND open = 1`);
      case 'waiting':
        // fewest first: it leads
        return void sets.unshift(waitingSet);
    }
  }

  function addTerm({ operator, value }: SearchTerm): void {
    switch (operator) {
      case 'from':
        return void rules.push(`d.issuing_office IN ${bindList(lookup.offices(value))}`);
      case 'number': {
        const asked = readNumber(value);
        if (asked === null) return undefined;
        const number = bind(asked.number);
        words += ` ${asked.rest}`;
        return void sets.unshift(`SELECT row FROM document WHERE number = ${number} UNION SELECT row FROM document WHERE arrival_number = ${number}`);
      }
      case 'date':
      case 'date-after':
      case 'date-before': {
        const days = readDays(value, ask.today, true);
        if (days === null) return undefined;
        if (operator === 'date-after') return void rules.push(`d.dated_on > ${bind(days.last)}`);
        if (operator === 'date-before') return void rules.push(`d.dated_on < ${bind(days.first)}`);
        return void rules.push(`d.dated_on BETWEEN ${bind(days.first)} AND ${bind(days.last)}`);
      }
      case 'kind':
        return void rules.push(`d.kind IN ${bindList(kindsOf(value))}`);
      case 'stage': {
        const asked = stagesOf(value);
        stages = stages === null ? asked : stages.filter((stage) => asked.includes(stage));
        return undefined;
      }
      case 'due': {
        const due = readDue(value, ask.today);
        if (due === null) return undefined;
        indexes.add('document_by_deadline');
        rules.push('d.deadline IS NOT NULL');
        return void rules.push(due === 'overdue' ? `d.due < ${bind(ask.today)}` : `d.deadline BETWEEN ${bind(due.first)} AND ${bind(due.last)}`);
      }
      case 'has':
        needsBlobs = true;
        // nearly everything is here: what is not is the smaller set
        return void rules.push('d.row NOT IN (SELECT m.row FROM document m INDEXED BY document_by_content WHERE NOT EXISTS (SELECT 1 FROM blobs.blob b WHERE b.sha256 = m.content_sha256))');
      case 'assignee':
        return void sets.push(`SELECT document AS row FROM assignee WHERE person IN ${bindList(lookup.people(value))} AND part IN ('lead', 'support') AND state <> 'returned'`);
    }
  }
}
