import type { z } from 'zod';
import { key32, stationResponse } from '../../src-shared/protocol/package.ts';
import { errorResponse, packageKey, packageResponse, type CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';

export type PackageLine = {
  readonly readKey: () => Promise<Result<z.infer<typeof packageKey>>>;
  readonly register: (station: string, publicKey: string) => Promise<Result<{ readonly signer: string }>>;
  /** How much of this carrier's copy the server has. */
  readonly offset: (id: string) => Promise<Result<number>>;
  readonly send: (id: string, offset: number, bytes: Uint8Array) => Promise<Result<number>>;
  readonly takeIn: (id: string) => Promise<Result<readonly CommandAnswer[]>>;
};

export type PackageLineOptions = {
  readonly serverUrl: string;
  /** The desk's session; null: nobody is signed in. */
  readonly token: () => string | null;
  readonly fetch?: typeof fetch;
};

const smallMs = 60_000;
/** A piece on the slowest line that is still a line: 512 KiB at 16 kbit/s. */
const pieceMs = 300_000;
/** The server reads the whole package, perhaps from a slow disk. */
const takeInMs = 900_000;

/** The server's side of packages over HTTP. Every failure is a `Result`: without an answer `sync.offline`, without a session `sync.signed-out`. */
export function createPackageLine({ serverUrl, token, fetch: fetchIt = fetch }: PackageLineOptions): PackageLine {
  async function ask(method: string, path: string, init: { readonly headers?: Record<string, string>; readonly body?: string | Uint8Array<ArrayBuffer>; readonly timeoutMs: number }): Promise<Result<Response>> {
    const bearer = token();
    if (bearer === null) return fail('sync.signed-out');
    let response: Response;
    try {
      response = await fetchIt(`${serverUrl}${path}`, {
        method, headers: { authorization: `Bearer ${bearer}`, ...init.headers }, ...(init.body === undefined ? {} : { body: init.body }), signal: AbortSignal.timeout(init.timeoutMs), redirect: 'error',
      });
    } catch {
      // no line, or it was cut: what the server has of it stays there
      return fail('sync.offline');
    }
    if (response.ok) return ok(response);
    if (response.status === 401) return fail('sync.signed-out');
    const refusal = errorResponse.safeParse(await response.json().catch(() => null));
    if (refusal.success) return { ok: false, error: { code: refusal.data.error.code, ...(refusal.data.error.params === undefined ? {} : { params: refusal.data.error.params }) } };
    return fail(response.status === 404 ? 'not-found' : 'sync.offline', { what: 'package' });
  }

  async function askJson<T>(schema: z.ZodType<T>, method: string, path: string, init: Parameters<typeof ask>[2]): Promise<Result<T>> {
    const answer = await ask(method, path, init);
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(await answer.value.json().catch(() => null));
    // something answers that is not the server
    return parsed.success ? ok(parsed.data) : fail('sync.offline');
  }

  const readOffset = (response: Response): Result<number> => {
    const offset = Number(response.headers.get('upload-offset') ?? Number.NaN);
    return Number.isSafeInteger(offset) && offset >= 0 ? ok(offset) : fail('sync.offline');
  };

  return {
    readKey: () => askJson(packageKey.extend({ publicKey: key32 }), 'GET', '/v1/packages/key', { timeoutMs: smallMs }),
    register: (station, publicKey) => askJson(stationResponse, 'POST', '/v1/packages/station', { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ station, publicKey }), timeoutMs: smallMs }),
    offset: async (id) => {
      const answer = await ask('HEAD', `/v1/packages/${id}`, { timeoutMs: smallMs });
      return answer.ok ? readOffset(answer.value) : answer.error.code === 'not-found' ? ok(0) : answer;
    },
    send: async (id, offset, bytes) => {
      const answer = await ask('PATCH', `/v1/packages/${id}`, {
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }, body: new Uint8Array(bytes), timeoutMs: pieceMs,
      });
      return answer.ok ? readOffset(answer.value) : answer;
    },
    takeIn: async (id) => {
      const answer = await askJson(packageResponse, 'POST', `/v1/packages/${id}`, { timeoutMs: takeInMs });
      return answer.ok ? ok(answer.value.answers) : answer;
    },
  };
}
