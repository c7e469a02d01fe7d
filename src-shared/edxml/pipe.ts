export type Pipe = {
  /** Waits until the reader asked for it, or asks for nothing any more. */
  readonly put: (bytes: Uint8Array) => Promise<void>;
  readonly finish: () => void;
  /** The reader's next step throws this. */
  readonly fail: (cause: Error) => void;
  /** Whoever was to read is gone: what is put from now on goes nowhere. */
  readonly close: () => void;
  readonly content: AsyncIterable<Uint8Array>;
};

type End = { readonly cause: Error | null };

/** From one that pushes to one that pulls, holding one piece at most. The content can be read once. */
export function createPipe(): Pipe {
  let held: { readonly bytes: Uint8Array; readonly taken: () => void } | undefined;
  let asked: (() => void) | undefined;
  let end: End | undefined;
  let closed = false;

  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        if (held !== undefined) {
          const { bytes, taken } = held;
          held = undefined;
          yield bytes;
          // only now is the piece used up: its writer goes on when the next one is asked for
          taken();
        } else if (end !== undefined) {
          if (end.cause !== null) throw end.cause;
          return;
        } else await new Promise<void>((resolve) => (asked = resolve));
      }
    } finally {
      close();
    }
  }

  function wake(): void {
    asked?.();
    asked = undefined;
  }

  function close(): void {
    closed = true;
    held?.taken();
    held = undefined;
    release?.();
  }

  let release: (() => void) | undefined;
  return {
    content: read(),
    close,
    put: (bytes) =>
      closed
        ? Promise.resolve()
        : new Promise((resolve) => {
            release = resolve;
            held = { bytes, taken: resolve };
            wake();
          }),
    finish() {
      end ??= { cause: null };
      wake();
    },
    fail(cause) {
      end ??= { cause };
      held = undefined;
      wake();
    },
  };
}
