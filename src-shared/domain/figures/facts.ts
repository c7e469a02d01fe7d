import type { DeadlineStep } from '../deadlines.ts';
import type { DocumentKind } from '../document.ts';

/** `system`: from office to office within this system. The program keeps one channel of a document: paper that follows an electronic one is no second arrival (NĐ 30/2020 Art 22.2, 23.4). */
export const factChannels = ['system', 'axis', 'email', 'paper', 'other'] as const;
export type FactChannel = (typeof factChannels)[number];

/** A step with a term. What is done at `lateFrom` or after it is late; instants ISO 8601 UTC. */
export type StepFact = { readonly step: DeadlineStep; /** Of a task: whose. */ readonly person: string | null; readonly startedAt: string; readonly lateFrom: string; readonly doneAt: string | null };

/** Office time between two steps; `minutes` null: the end lies before the beginning, so one of two clocks was wrong. */
export type SpanFact = { readonly span: 'assign' | 'handle'; readonly endedOn: string; readonly minutes: number | null };

export const factEnds = ['recalled', 'refused', 'sent-back', 'replaced', 'voided'] as const;
export type FactEnd = (typeof factEnds)[number];

/**
 * What the figures need of one document in one unit. It holds no “now”: what is late by today is for whoever asks today, and the same log makes the same fact at a desk and at the server. Days `yyyy-mm-dd` of Vietnam.
 */
export type DocumentFact = {
  readonly of: 'document';
  readonly id: string;
  /** The code it had then: an office that was merged later keeps its past (`rollUp`). */
  readonly unit: string;
  readonly kind: DocumentKind;
  readonly arrivedOn: string | null;
  readonly channel: FactChannel | null;
  readonly sentOn: string | null;
  /** Of what was sent. */
  readonly signedByPerson: boolean;
  readonly signedByOrganisation: boolean;
  readonly steps: readonly StepFact[];
  readonly spans: readonly SpanFact[];
  readonly end: { readonly end: FactEnd; readonly on: string } | null;
};

export type DossierFact = {
  readonly of: 'dossier';
  readonly id: string;
  readonly unit: string;
  readonly keeper: string;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly handedOverOn: string | null;
  readonly steps: readonly StepFact[];
};

export type Fact = DocumentFact | DossierFact;
