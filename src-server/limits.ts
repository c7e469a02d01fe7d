export type ServerLimits = {
  readonly sessionTtlMs: number;
  readonly loginTries: number;
  readonly loginLockMs: number;
  readonly pushBytes: number;
  readonly smallBodyBytes: number;
  /** Of one attachment, where the administrator has set no quota. */
  readonly contentBytes: number;
  readonly openUploadsPerUnit: number;
  readonly uploadTtlMs: number;
  /** How long a node keeps an upload to itself after the last byte. */
  readonly uploadClaimMs: number;
  readonly pageDocuments: number;
  readonly pageBytes: number;
  readonly directoryPage: number;
  /** Between two comments on a stream of hints. */
  readonly eventsCommentMs: number;
  /** A stream of hints ends after so long, and whoever listens shows the token again. */
  readonly eventsTtlMs: number;
  /** Answers to commands are known for so long. */
  readonly answerTtlMs: number;
  /** Numbers that a station may give out without a line. */
  readonly bookReserve: number;
  /** A snapshot is made anew when the feed is so many places past it, or past a tenth of its documents, whichever is more. */
  readonly snapshotStalePlaces: number;
  /** A socket that moves no byte for so long is closed. Longer than the time between two comments on a stream of hints. */
  readonly idleSocketMs: number;
};

const DAY_MS = 86_400_000;

export const defaultLimits: ServerLimits = {
  // a desk that is off for the holidays still sends what it kept
  sessionTtlMs: 30 * DAY_MS,
  loginTries: 5,
  loginLockMs: 5 * 60_000,
  // 50 commands of usual size are 32 KB; one `send` may name 1,000 offices
  pushBytes: 1 << 20,
  smallBodyBytes: 4096,
  contentBytes: 1 << 30,
  openUploadsPerUnit: 200,
  uploadTtlMs: 14 * DAY_MS,
  uploadClaimMs: 15_000,
  pageDocuments: 100,
  pageBytes: 256 << 10,
  directoryPage: 2000,
  eventsCommentMs: 20_000,
  eventsTtlMs: 60 * 60_000,
  answerTtlMs: 400 * DAY_MS,
  bookReserve: 50,
  snapshotStalePlaces: 500,
  idleSocketMs: 60_000,
};
