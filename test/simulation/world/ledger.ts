import { createHash } from 'node:crypto';
import type { Command, LogEvent } from '../../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, OrganizationCode, Sha256 } from '../../../src-shared/domain/ids.ts';

/** What a person did, and what they had before them when they did it. */
export type Action = {
  readonly command: Command;
  readonly desk: string;
  /** What this author saw of the group of fields that the command is about (`groupOf`). */
  readonly seen: readonly string[];
  /** `sure`: the screen said "done". `unsure`: the program ended on the way; it is there or it is not. */
  state: 'sure' | 'unsure' | 'undone';
};

/** What the server committed. `before`: what stood of the group of fields just before. */
export type Effect = { readonly order: number; readonly unit: OrganizationCode; readonly document: DocumentId; readonly event: LogEvent; readonly command: CommandId | null; readonly before: readonly string[] };

/** A person saw that this came to nothing. */
export type Surfaced = { readonly command: CommandId; readonly desk: string; readonly code: string };

export type Violation = { readonly invariant: string; readonly what: string };

export type CursorMove = { readonly desk: string; readonly unit: OrganizationCode; readonly what: string; readonly before: string; readonly after: string };

export type Ledger = {
  readonly actions: Map<CommandId, Action>;
  readonly effects: Effect[];
  readonly withdrawn: { readonly unit: OrganizationCode; readonly document: DocumentId; readonly order: number }[];
  readonly surfaced: Map<CommandId, Surfaced>;
  readonly contents: Map<Sha256, { readonly bytes: Uint8Array; readonly parent: Sha256 | null }>;
  /** Done with an older version of the program, and not sent by it. */
  readonly older: Set<CommandId>;
  readonly books: Set<BookId>;
  /** Every time that a desk's cursor became another one. */
  readonly moves: CursorMove[];
  readonly violations: Violation[];
  readonly lines: string[];
  /** What has happened at least once, so that a run can tell what it has tried: `end before desk.settle`, `fault doubled`, `event issued`. */
  readonly covered: Set<string>;
  /** Said once each. */
  readonly violate: (invariant: string, what: string) => void;
  readonly note: (who: string, what: string) => void;
  readonly hash: () => string;
};

/** All that happened, as it is known outside of client and server. */
export function createLedger(elapsed: () => number): Ledger {
  const violations: Violation[] = [];
  const told = new Set<string>();
  const lines: string[] = [];
  return {
    actions: new Map(), effects: [], withdrawn: [], surfaced: new Map(), contents: new Map(), older: new Set(), books: new Set(), moves: [], violations, lines, covered: new Set(),
    violate: (invariant, what) => {
      const key = `${invariant} ${what}`;
      if (told.has(key)) return;
      told.add(key);
      violations.push({ invariant, what });
      lines.push(`${stamp(elapsed())} !!! ${key}`);
    },
    note: (who, what) => void lines.push(`${stamp(elapsed())} ${who.padEnd(9)} ${what}`),
    hash: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  };
}

function stamp(ms: number): string {
  return `${(ms / 1000).toFixed(3).padStart(9)} s`;
}

/** Which events a command must have seen: its own group of fields (sync.md, Rules). */
export function groupOf(type: Command['type'] | LogEvent['type'], events: readonly LogEvent[]): readonly string[] {
  const assigning = type === 'assign' || type === 'assigned';
  return events
    .filter((event) => event.type !== 'deliveryReported' && (event.type === 'assigned') === assigning)
    .map((event) => `${event.type}:${event.command ?? ''}`);
}

export function short(id: string): string {
  return id.slice(0, 8);
}
