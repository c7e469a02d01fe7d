import { useState, useSyncExternalStore } from 'react';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';

// Null before the desk has said it. In a real office 0; in the practice office how far its clock is ahead of the machine's.
let shiftMs: number | null = null;
const listeners = new Set<() => void>();

/** The moment by the desk's own clock, ms since 1970. What is about the desk's documents is reckoned from it, never from `Date.now()`. */
export function presentMs(): number {
  return Date.now() + readShift();
}

export function setPresent(shift: number): void {
  if (shift === shiftMs) return;
  shiftMs = shift;
  for (const listener of listeners) listener();
}

/** `yyyy-mm-dd` of today in Vietnam, by the desk's clock; another day when the practice goes on to it. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, today);
}

/** The instant, ISO 8601, at which this came onto the screen; a later one when the practice goes on. */
export function usePresent(): string {
  const [mountedMs] = useState(Date.now);
  const ahead = useSyncExternalStore(subscribe, readShift);
  return new Date(mountedMs + ahead).toISOString();
}

/** Whether the desk has said what its clock shows. */
export function usePresentKnown(): boolean {
  return useSyncExternalStore(subscribe, isKnown);
}

function today(): string {
  return vietnamDay(presentMs());
}

function readShift(): number {
  return shiftMs ?? 0;
}

function isKnown(): boolean {
  return shiftMs !== null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
