import { dossierCount, ended, received, sent, signed, spanned, stepOnTime, undone } from './formulas.ts';
import type { Fact } from './facts.ts';
import type { Count } from './tally.ts';

/** Names in the catalogues of whoever shows them. */
export const figureIds = [
  'sent', 'received', 'signed-person', 'signed-organisation', 'signed-both',
  'on-time-acknowledge', 'on-time-register', 'on-time-present', 'on-time-task', 'on-time-issue', 'on-time-send', 'on-time-handover',
  'time-to-assign', 'handling-time', 'overdue', 'recalled', 'refused', 'sent-back', 'replaced', 'voided', 'dossiers-opened', 'dossiers-closed', 'dossiers-handed-over',
] as const;
export type FigureId = (typeof figureIds)[number];

/** What a reader might take for counted and is not; each has its sentence in the catalogues. */
export const omissions = ['drafts', 'unclear-order', 'days-not-over', 'tasks-without-deadline', 'to-inform', 'returned-tasks', 'ended-before-due', 'kept-under-five-years', 'signature-not-verified', 'paper-follow-up', 'unfinished', 'other-steps', 'recalled-from-some'] as const;
export type Omission = (typeof omissions)[number];

export type FigureDefinition = {
  readonly id: FigureId;
  /** `stock`: everything up to the end of the period, not only what fell into it. */
  readonly kind: 'count' | 'share' | 'time' | 'stock';
  /** The day in which a document counts. `due`: the last day on which the step was in time; judged only when that day is over. */
  readonly day: 'sent' | 'arrived' | 'due' | 'done' | 'ended' | 'opened' | 'closed' | 'handed-over';
  readonly sources: readonly string[];
  readonly leavesOut: readonly Omission[];
  readonly formula: (fact: Fact) => readonly Count[];
};

const statistics = 'QĐ 28/2018/QĐ-TTg Điều 11';
const handled = 'NĐ 30/2020/NĐ-CP Phụ lục VI, V';
const due = { kind: 'share', day: 'due' } as const;
const dueOmissions: readonly Omission[] = ['days-not-over', 'ended-before-due', 'unclear-order'];
const end = { kind: 'count', day: 'ended' } as const;

const table: Readonly<Record<FigureId, Omit<FigureDefinition, 'id'>>> = {
  sent: { kind: 'count', day: 'sent', sources: [statistics, handled], leavesOut: ['drafts'], formula: sent },
  received: { kind: 'count', day: 'arrived', sources: [statistics, 'NĐ 30/2020/NĐ-CP Điều 22.2'], leavesOut: ['paper-follow-up'], formula: received },
  'signed-person': { kind: 'share', day: 'sent', sources: ['NĐ 30/2020/NĐ-CP Điều 5.1'], leavesOut: ['drafts', 'signature-not-verified'], formula: signed(({ signedByPerson }) => signedByPerson) },
  'signed-organisation': { kind: 'share', day: 'sent', sources: ['NĐ 30/2020/NĐ-CP Điều 5.1'], leavesOut: ['drafts', 'signature-not-verified'], formula: signed(({ signedByOrganisation }) => signedByOrganisation) },
  'signed-both': { kind: 'share', day: 'sent', sources: ['NĐ 30/2020/NĐ-CP Điều 5.1'], leavesOut: ['drafts', 'signature-not-verified'], formula: signed((fact) => fact.signedByPerson && fact.signedByOrganisation) },
  'on-time-acknowledge': { ...due, sources: ['NĐ 30/2020/NĐ-CP Điều 21.2'], leavesOut: dueOmissions, formula: stepOnTime('acknowledge') },
  'on-time-register': { ...due, sources: ['NĐ 30/2020/NĐ-CP Điều 4.2c'], leavesOut: dueOmissions, formula: stepOnTime('register') },
  'on-time-present': { ...due, sources: ['NĐ 30/2020/NĐ-CP Điều 23.1'], leavesOut: dueOmissions, formula: stepOnTime('present') },
  'on-time-task': { ...due, sources: ['NĐ 30/2020/NĐ-CP Điều 23.2, 24.2'], leavesOut: [...dueOmissions, 'tasks-without-deadline', 'to-inform', 'returned-tasks'], formula: stepOnTime('task') },
  'on-time-issue': { ...due, sources: ['NĐ 30/2020/NĐ-CP Điều 18.1'], leavesOut: dueOmissions, formula: stepOnTime('issue') },
  'on-time-send': { ...due, sources: ['QĐ 28/2018/QĐ-TTg Điều 6.2'], leavesOut: dueOmissions, formula: stepOnTime('send') },
  'on-time-handover': { ...due, sources: ['NĐ 30/2020/NĐ-CP Điều 30.2'], leavesOut: ['days-not-over', 'kept-under-five-years', 'unclear-order'], formula: stepOnTime('handover') },
  // the decree names no term for the leader's assignment, so it is told as a time and not judged
  'time-to-assign': { kind: 'time', day: 'done', sources: ['NĐ 30/2020/NĐ-CP Điều 23.2'], leavesOut: ['unfinished', 'unclear-order'], formula: spanned('assign') },
  'handling-time': { kind: 'time', day: 'done', sources: [handled], leavesOut: ['unfinished', 'unclear-order'], formula: spanned('handle') },
  overdue: { kind: 'stock', day: 'due', sources: ['NĐ 30/2020/NĐ-CP Điều 24.2'], leavesOut: ['tasks-without-deadline', 'to-inform', 'returned-tasks', 'ended-before-due', 'other-steps'], formula: undone('task') },
  recalled: { ...end, sources: ['NĐ 30/2020/NĐ-CP Điều 18.4b', 'QĐ 28/2018/QĐ-TTg Điều 9.2'], leavesOut: ['recalled-from-some'], formula: ended('recalled') },
  refused: { ...end, sources: ['QĐ 28/2018/QĐ-TTg Điều 5.4'], leavesOut: [], formula: ended('refused') },
  'sent-back': { ...end, sources: ['NĐ 30/2020/NĐ-CP Điều 21.2'], leavesOut: [], formula: ended('sent-back') },
  replaced: { ...end, sources: ['NĐ 30/2020/NĐ-CP Điều 18.3'], leavesOut: [], formula: ended('replaced') },
  voided: { ...end, sources: ['NĐ 30/2020/NĐ-CP Điều 15.1'], leavesOut: [], formula: ended('voided') },
  'dossiers-opened': { kind: 'count', day: 'opened', sources: ['NĐ 30/2020/NĐ-CP Điều 28–31'], leavesOut: [], formula: dossierCount('openedOn') },
  'dossiers-closed': { kind: 'count', day: 'closed', sources: ['NĐ 30/2020/NĐ-CP Điều 28–31'], leavesOut: [], formula: dossierCount('closedOn') },
  'dossiers-handed-over': { kind: 'count', day: 'handed-over', sources: ['NĐ 30/2020/NĐ-CP Điều 30.2'], leavesOut: [], formula: dossierCount('handedOverOn') },
};

export const figures: readonly FigureDefinition[] = figureIds.map((id) => ({ id, ...table[id] }));
const byId: ReadonlyMap<string, FigureDefinition> = new Map(figures.map((figure) => [figure.id, figure]));

/** Null: a tally of a later program names a figure that this one does not know. */
export function findFigure(id: string): FigureDefinition | null {
  return byId.get(id) ?? null;
}
