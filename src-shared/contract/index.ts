import type { z } from 'zod';
import type { Result } from '../result.ts';
import { auditCalls } from './audit.ts';
import { backupCalls, backupEvents } from './backup.ts';
import { conflictCalls, conflictEvents } from './conflicts.ts';
import { contentCalls } from './content.ts';
import { diagnosticsCalls } from './diagnostics.ts';
import { documentCalls, documentEvents } from './documents.ts';
import { dossierCalls } from './dossiers.ts';
import { figureCalls, figureEvents } from './figures.ts';
import { formCalls } from './forms.ts';
import { lineCalls } from './line.ts';
import { openedCalls, openedEvents } from './opened.ts';
import { officeCalls, officeEvents } from './office.ts';
import { packageCalls } from './packages.ts';
import { practiceCalls, practiceEvents } from './practice.ts';
import { registerCalls } from './registers.ts';
import { resultCalls } from './results.ts';
import { searchCalls } from './searches.ts';
import { sessionCalls, sessionEvents } from './session.ts';
import { settingsCalls, settingsEvents } from './settings.ts';
import { signingCalls, signingEvents } from './signing.ts';
import { taskCalls, taskEvents } from './tasks.ts';
import { trustCalls, trustEvents } from './trust.ts';
import { updateCalls, updateEvents } from './updates.ts';
import { verificationCalls } from './verification.ts';

/** The whole door: every call and every event that crosses between the screens and the backend. */
export const calls = { ...sessionCalls, ...settingsCalls, ...officeCalls, ...practiceCalls, ...documentCalls, ...searchCalls, ...resultCalls, ...formCalls, ...contentCalls, ...openedCalls, ...signingCalls, ...verificationCalls, ...trustCalls, ...conflictCalls, ...lineCalls, ...packageCalls, ...taskCalls, ...registerCalls, ...dossierCalls, ...figureCalls, ...updateCalls, ...backupCalls, ...auditCalls, ...diagnosticsCalls } as const;
export const events = { ...sessionEvents, ...settingsEvents, ...openedEvents, ...officeEvents, ...practiceEvents, ...documentEvents, ...signingEvents, ...trustEvents, ...conflictEvents, ...taskEvents, ...figureEvents, ...updateEvents, ...backupEvents } as const;

export type Channel = keyof typeof calls;
export type EventName = keyof typeof events;
export type Input<C extends Channel> = z.input<(typeof calls)[C]['input']>;
export type ParsedInput<C extends Channel> = z.output<(typeof calls)[C]['input']>;
export type Output<C extends Channel> = z.output<(typeof calls)[C]['output']>;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

export const channels = Object.keys(calls) as readonly Channel[];
export const eventNames = Object.keys(events) as readonly EventName[];

/** What knocks on the backend: Electron's shell, the command line and the browser shell all hold one of these per window. */
export type Door = {
  /** `input` is unknown until the gate has parsed it. Never throws: a bug comes back as code `bug`. */
  readonly call: (channel: string, input: unknown) => Promise<Result<unknown>>;
  /** Returns the function that stops listening. */
  readonly on: (listener: (name: EventName, payload: unknown) => void) => () => void;
  readonly close: () => void;
};

/** `window.vanThu`: one function per call, and one way to listen. */
export type Bridge = {
  readonly [C in Channel]: (input: Input<C>) => Promise<Result<Output<C>>>;
} & {
  readonly on: <E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void) => () => void;
  /** While a secret is being typed: keeps the window out of other programs' pictures of the screen, where the shell can. */
  readonly shield: (on: boolean) => void;
};
