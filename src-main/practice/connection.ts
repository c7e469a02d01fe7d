import type { Door, EventName } from '../../src-shared/contract/index.ts';
import { fail, ok } from '../../src-shared/result.ts';
import { settingsHandlers } from '../features/settings/handlers.ts';
import type { Desk } from '../backend/desk.ts';
import { createGate } from '../backend/gate.ts';
import type { Log } from '../ports/log.ts';
import type { SettingsPort } from '../ports/settings.ts';
import type { TokenPort } from '../ports/token.ts';
import type { CastDesk } from './cast.ts';
import type { Journeys } from './journey.ts';
import type { Line } from './line.ts';

export type SeatedDesk = { readonly cast: CastDesk; readonly desk: Desk; readonly line: Line; readonly tokens: TokenPort };

/** One window's door to the practice office: it sits at one desk at a time and may move to another. */
export function connectPractice(desks: ReadonlyMap<string, SeatedDesk>, first: string, log: Log, settings: SettingsPort, journeys: Journeys): Door {
  const listeners = new Set<(name: EventName, payload: unknown) => void>();
  const tell = (name: EventName, payload: unknown): void => {
    for (const listener of listeners) listener(name, payload);
  };
  const seat = (id: string): { readonly seated: SeatedDesk; readonly leave: () => void; readonly gate: ReturnType<typeof createGate> } => {
    const seated = desks.get(id);
    if (seated === undefined) throw new Error(`no practice desk ${id}`);
    const gate = createGate(
      {
        ...seated.desk.handlers,
        ...settingsHandlers(settings),
        // nobody signs in to practise; the way to a real office, and files from the system, are the program's, above this (backend/program.ts)
        'session.state': () => ok({ status: 'signed-in', office: null, practice: true }),
        'opened.list': () => ok({ files: [] }),
        'session.signIn': () => fail('not-allowed'),
        'session.signOut': () => fail('not-allowed'),
        'session.practice': () => fail('not-allowed'),
        'app.state': async (input) => {
          const state = await seated.desk.handlers['app.state'](input);
          if (!state.ok) return state;
          const visible = [...desks.values()].filter((d) => d.cast.visible).map(({ cast }) => cast);
          return ok({
            ...state.value,
            practice: {
              current: id,
              lineUp: seated.line.isUp(),
              clock: journeys.state(),
              desks: visible.map((c) => ({ id: c.id, title: c.title, person: c.person.fullName, unit: c.unit.name, role: c.role, pin: c.pin })),
            },
          });
        },
        'practice.switchDesk': ({ desk }) => {
          if (!desks.has(desk)) return fail('not-found', { what: 'desk' });
          // whoever began the journey is told at its end what it brought
          if (journeys.state().moving !== null) return fail('practice.moving');
          current.leave();
          current.seated.desk.releaseHolds();
          current = seat(desk);
          tell('desk.switched', { desk });
          return ok({});
        },
        'practice.setLine': async ({ up }) => {
          if (up) seated.line.mend();
          else seated.line.cut();
          // the pill tells what a real request met, so make one
          void seated.desk.handlers['sync.now']({});
          return ok({});
        },
        'practice.goTo': ({ step }) => journeys.go(step, id),
        'practice.stop': () => {
          journeys.stop();
          return ok({});
        },
      },
      log,
    );
    const leave = seated.desk.on((name, payload) => {
      const { moving } = journeys.state();
      // on the way the list fills by itself; at the end it is told what came, and what is pressing then
      if (moving !== null && moving.done < moving.total && (name === 'documents.arrived' || name === 'tasks.alarm')) return;
      tell(name, payload);
    });
    return { seated, leave, gate };
  };
  let current = seat(first);
  const stops = [settings.onChange((changed) => tell('settings.changed', changed)), journeys.onChanged((state) => tell('practice.clock', state))];
  return {
    call: (channel, input) => current.gate(channel, input),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      current.leave();
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}
