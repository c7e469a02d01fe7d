import { z } from 'zod';
import { lineDay, type LineDay } from '../../src-shared/contract/line.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';

const settingKey = 'line.usage';
const keptDays = 31;
/** Written down again after so much, or so long: a figure, not a promise. */
const writeBytes = 256 * 1024;
const writeMs = 60_000;
/** Below it, and above it, a line is called slow (contract/office.ts). */
const slowBytesPerMs = 2;
const slowAnswerMs = 5000;
/** Less says more of the answer's way than of the line's width. */
const measuredBytes = 8 * 1024;

export type Meter = {
  readonly count: (moved: { readonly sent?: number; readonly received?: number; readonly bulk?: number }) => void;
  /** The newest day last. */
  readonly days: () => readonly LineDay[];
  /** Of files that came by themselves today. */
  readonly bulkToday: () => number;
  readonly answered: (ms: number) => void;
  /** How long the last answer took to begin, ms. */
  readonly answerMs: () => number;
  /** So many bytes took so long. */
  readonly moved: (bytes: number, ms: number) => void;
  /** Bytes a ms, of late; null before anything was measured. */
  readonly rate: () => number | null;
  readonly isSlow: () => boolean;
  readonly keep: (now?: true) => void;
};

/** What goes over the line, by day, and how well. */
export function createMeter(desk: DeskStore, time: Time): Meter {
  const stored = z.array(lineDay).catch([]).parse(readJson(desk.getSetting(settingKey)));
  const days = new Map<string, LineDay>(stored.map((day) => [day.day, day]));
  let unwritten = 0;
  let writtenAt = time.elapsed();
  let rate: number | null = null;
  let answerMs = 0;
  const sample = { bytes: 0, ms: 0 };

  const today = (): string => vietnamDay(time.now());
  const readDay = (day: string): LineDay => days.get(day) ?? { day, sentBytes: 0, receivedBytes: 0, bulkBytes: 0 };
  const listed = (): readonly LineDay[] => [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)).slice(-keptDays);

  return {
    count: ({ sent = 0, received = 0, bulk = 0 }) => {
      if (sent + received + bulk === 0) return;
      const day = today();
      const so = readDay(day);
      days.set(day, { day, sentBytes: so.sentBytes + sent, receivedBytes: so.receivedBytes + received, bulkBytes: so.bulkBytes + bulk });
      unwritten += sent + received;
    },
    days: listed,
    bulkToday: () => readDay(today()).bulkBytes,
    answered: (ms) => {
      answerMs = ms;
    },
    answerMs: () => answerMs,
    moved: (bytes, ms) => {
      sample.bytes += bytes;
      sample.ms += ms;
      if (sample.bytes < measuredBytes) return;
      const measured = sample.bytes / Math.max(1, sample.ms);
      rate = rate === null ? measured : rate * 0.6 + measured * 0.4;
      sample.bytes = 0;
      sample.ms = 0;
    },
    rate: () => rate,
    isSlow: () => answerMs > slowAnswerMs || (rate !== null && rate < slowBytesPerMs),
    keep: (now) => {
      if (unwritten === 0 || (now === undefined && unwritten < writeBytes && time.elapsed() - writtenAt < writeMs)) return;
      desk.setSetting(settingKey, JSON.stringify(listed()));
      unwritten = 0;
      writtenAt = time.elapsed();
    },
  };
}

/** `hh:mm` in Vietnam. */
export function vietnamHour(ms: number): string {
  return new Date(ms + 7 * 3_600_000).toISOString().slice(11, 16);
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    // written by no version of ours
    return null;
  }
}
