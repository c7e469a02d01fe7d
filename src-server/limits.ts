export type ServerLimits = {
  readonly sessionTtlMs: number;
  readonly loginTries: number;
  readonly loginLockMs: number;
  readonly pushBytes: number;
  readonly smallBodyBytes: number;
  readonly contentBytes: number;
  readonly openUploadsPerUnit: number;
  readonly uploadTtlMs: number;
  readonly pageDocuments: number;
  readonly pageBytes: number;
  readonly waitMs: number;
  /** Numbers that a station may give out without a line. */
  readonly bookReserve: number;
  /** A socket that moves no byte for so long is closed. Longer than the longest wait. */
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
  pageDocuments: 100,
  pageBytes: 256 << 10,
  waitMs: 25_000,
  bookReserve: 50,
  idleSocketMs: 60_000,
};
