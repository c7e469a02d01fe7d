/** The suites in the order they run: what is quick and tells most comes first. */
export type Suite = {
  readonly name: string;
  /** Under `test/`; every `*.test.ts` in it. */
  readonly folder: string;
  /** Test files at a time. */
  readonly concurrency: number;
  /** For the whole suite. A test hangs, not the runner. */
  readonly timeoutMs: number;
  /** For one file, `fileMs` unless told: one that waits for what never comes must not use up the time of the others. */
  readonly fileTimeoutMs?: number;
  /** Other programs (tokens, Java, services, a browser) side by side, or a bound in seconds, on a busy machine: a file with a failure runs once more, and what only then passed is named at the end. */
  readonly secondTry?: true;
};

const minute = 60_000;
export const fileMs = 8 * minute;

export const suites: readonly Suite[] = [
  { name: 'rooms', folder: 'rooms', concurrency: 1, timeoutMs: 2 * minute },
  { name: 'runner', folder: 'run', concurrency: 1, timeoutMs: 2 * minute },
  { name: 'unit', folder: 'unit', concurrency: 2, timeoutMs: 15 * minute },
  // what is drawn on paper, against kept pictures of it
  { name: 'pictures', folder: 'pictures', concurrency: 2, timeoutMs: 10 * minute },
  // how pages look, drawn by the process that draws
  { name: 'look', folder: 'look', concurrency: 2, timeoutMs: 5 * minute, secondTry: true },
  // reports on paper, judged by poppler and qpdf
  { name: 'print', folder: 'print', concurrency: 2, timeoutMs: 5 * minute, secondTry: true },
  { name: 'store', folder: 'store', concurrency: 2, timeoutMs: 10 * minute },
  { name: 'token', folder: 'token', concurrency: 2, timeoutMs: 10 * minute, secondTry: true },
  { name: 'authorities', folder: 'authorities', concurrency: 2, timeoutMs: 5 * minute, secondTry: true },
  { name: 'augmentation', folder: 'augmentation', concurrency: 2, timeoutMs: 10 * minute, secondTry: true },
  // the verifier with true services to ask
  { name: 'verification', folder: 'verification-online', concurrency: 2, timeoutMs: 5 * minute, secondTry: true },
  // what must never be called forged: every way in which a document is lawfully signed and added to
  { name: 'lawful', folder: 'lawful', concurrency: 2, timeoutMs: 10 * minute, secondTry: true },
  // both storages, PostgreSQL's several nodes; skipped loudly without it
  { name: 'storage', folder: 'storage', concurrency: 2, timeoutMs: 5 * minute, secondTry: true },
  { name: 'server', folder: 'server', concurrency: 2, timeoutMs: 10 * minute, secondTry: true },
  // nodes that are killed, a database that goes away, a stop that drops nothing
  { name: 'province', folder: 'province', concurrency: 1, timeoutMs: 10 * minute, secondTry: true },
  { name: 'sync', folder: 'sync', concurrency: 2, timeoutMs: 15 * minute, secondTry: true },
  // new versions of the program: fetched, brought on a stick, handed to the installer
  { name: 'updates', folder: 'updates', concurrency: 2, timeoutMs: 5 * minute, secondTry: true },
  // every endpoint of the province's server, with everything that should not be sent to it
  { name: 'bad-input', folder: 'bad-input', concurrency: 2, timeoutMs: 10 * minute },
  // work carried by hand, between real stores and a real server
  { name: 'packages', folder: 'packages', concurrency: 2, timeoutMs: 10 * minute, secondTry: true },
  // desks and a server at both ends of an emulated weak line; mostly waiting
  { name: 'netlab', folder: 'netlab', concurrency: 6, timeoutMs: 10 * minute, secondTry: true },
  // three desks, two nodes and twenty faults, judged from outside
  { name: 'history', folder: 'history', concurrency: 2, timeoutMs: 10 * minute },
  // whole offices from seeds: client and server, line, crashes and clocks of chance
  { name: 'simulation', folder: 'simulation', concurrency: 1, timeoutMs: 35 * minute, fileTimeoutMs: 30 * minute },
  // programs killed at every write, disks without room, profiles of older versions
  { name: 'kill', folder: 'kill', concurrency: 2, timeoutMs: 15 * minute, secondTry: true },
  // copies of a whole profile and the way back: kills, full disks, torn bytes
  { name: 'backup', folder: 'backup', concurrency: 2, timeoutMs: 10 * minute, secondTry: true },
  // the store, the settings, paths and locks once more by Windows' own Node under Wine; skipped loudly where there is none
  { name: 'wine', folder: 'wine', concurrency: 1, timeoutMs: 15 * minute, secondTry: true },
  // faults that docs/reliability.md tells of, and that page itself
  { name: 'reliability', folder: 'reliability', concurrency: 2, timeoutMs: 5 * minute },
  { name: 'office', folder: 'office', concurrency: 2, timeoutMs: 15 * minute, secondTry: true },
  { name: 'shell', folder: 'shell', concurrency: 2, timeoutMs: 10 * minute, secondTry: true },
  // packed from a distribution of Electron without Electron
  { name: 'package', folder: 'package', concurrency: 1, timeoutMs: 10 * minute, secondTry: true },
  { name: 'cli', folder: 'cli', concurrency: 2, timeoutMs: 10 * minute, secondTry: true },
  { name: 'browser-shell', folder: 'browser-shell', concurrency: 2, timeoutMs: 5 * minute, secondTry: true },
  // writes docs/acceptance.md
  { name: 'acceptance', folder: 'acceptance', concurrency: 2, timeoutMs: 20 * minute, secondTry: true },
  // writes the table of docs/verification.md
  { name: 'attacks', folder: 'attacks', concurrency: 1, timeoutMs: 10 * minute },
  { name: 'random', folder: 'random', concurrency: 2, timeoutMs: 15 * minute },
  { name: 'fuzz', folder: 'fuzz', concurrency: 1, timeoutMs: 15 * minute },
  { name: 'hostile', folder: 'hostile', concurrency: 2, timeoutMs: 15 * minute, secondTry: true },
  // packages of the national axis: read, written, mutated, and large ones by their memory
  { name: 'edxml', folder: 'edxml', concurrency: 1, timeoutMs: 10 * minute, secondTry: true },
  // each file is a whole office and a browser
  { name: 'e2e', folder: 'e2e', concurrency: 1, timeoutMs: 60 * minute, fileTimeoutMs: 15 * minute, secondTry: true },
  { name: 'electron', folder: 'electron', concurrency: 1, timeoutMs: 30 * minute },
];

/** One tsconfig a room. */
export const typeRooms = ['src-shared', 'src-main', 'src-main/shell', 'src-main/preload', 'src-renderer', 'src-server', 'test', 'build', 'bench'] as const;

export const suiteNames: readonly string[] = ['types', 'lint', ...suites.map(({ name }) => name)];
