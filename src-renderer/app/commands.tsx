import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Command } from './command.ts';
import { useShortcut } from './shortcuts.ts';

export type CommandRegistry = {
  readonly put: (command: Command) => () => void;
  readonly list: () => readonly Command[];
  readonly subscribe: (listener: () => void) => () => void;
};

/** What the screens that are open offer, the newest screen's first. */
export function createCommandRegistry(): CommandRegistry {
  const commands = new Map<string, Command>();
  const listeners = new Set<() => void>();
  let listed: readonly Command[] = [];
  const tell = (): void => {
    listed = [...commands.values()];
    for (const listener of listeners) listener();
  };
  return {
    put: (command) => {
      commands.delete(command.id);
      commands.set(command.id, command);
      tell();
      return () => {
        // Another screen may have put its own under the same name meanwhile
        if (commands.get(command.id) !== command) return;
        commands.delete(command.id);
        tell();
      };
    },
    list: () => listed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const CommandContext = createContext<CommandRegistry>(createCommandRegistry());

/** Offers a command for as long as the component stands, in the palette and by its key. */
export function useCommand({ id, words, group, keys, run }: Command): void {
  const registry = useContext(CommandContext);
  const latest = useRef(run);
  latest.current = run;
  const possible = run !== null;
  useEffect(
    () => registry.put({ id, words, group, ...(keys ? { keys } : {}), run: possible ? () => latest.current?.() : null }),
    [registry, id, words, group, keys, possible],
  );
  useShortcut(keys ?? null, run);
}

export function useCommands(): readonly Command[] {
  const registry = useContext(CommandContext);
  return useSyncExternalStore(registry.subscribe, registry.list);
}
