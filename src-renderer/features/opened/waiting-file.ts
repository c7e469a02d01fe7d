import { useEffect, useRef } from 'react';

/** Which screen a file from the system goes to. */
export type FileTarget = 'draft' | 'paper' | 'package';

let waiting: { readonly target: FileTarget; readonly file: File } | null = null;
const listeners = new Set<() => void>();

/** Hands a file to a screen that is open, or is about to be. One that was not taken is given up for the next. */
export function handFile(target: FileTarget, file: File): void {
  waiting = { target, file };
  listeners.forEach((listener) => listener());
}

/** Takes what is handed to this screen, as if it had been chosen there. */
export function useHandedFile(target: FileTarget, take: (file: File) => void): void {
  const taker = useRef(take);
  taker.current = take;
  useEffect(() => {
    const look = (): void => {
      if (waiting?.target !== target) return;
      const { file } = waiting;
      waiting = null;
      taker.current(file);
    };
    look();
    listeners.add(look);
    return () => void listeners.delete(look);
  }, [target]);
}
