import { randomBytes } from 'node:crypto';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { TimestampPort } from '../ports/authorities.ts';
import { attributeOid } from '../verification/cms.ts';
import { sameBytes } from '../verification/der.ts';
import { imprintHolds, readTimestamp, type Timestamp } from '../verification/timestamp.ts';
import { withDeadline } from './deadline.ts';
import { encodeTimestampRequest, nonceOf, readInfoNonce, readTimestampReply } from './timestamp-messages.ts';
import { createTransport, hostOf, type Failure, type TransportOptions } from './transport.ts';

export type TimestampClientOptions = TransportOptions & {
  readonly url: string;
  /** Of a whole call, waiting in line included. 180 s unless told: the government's service was seen to take 131. */
  readonly deadlineMs?: number;
  readonly tries?: number;
  /** Cryptographically random. */
  readonly nonceBytes?: () => Uint8Array;
};

const maxBytes = 1024 * 1024;

/** A call that its `signal` ended comes back as `timestamp.unreachable`: it says nothing of the service, and its caller knows. */
export function createTimestampClient(options: TimestampClientOptions): TimestampPort {
  const { url, deadlineMs = 180_000, tries = 3, nonceBytes = () => randomBytes(8) } = options;
  const transport = createTransport(options);
  const host = hostOf(url);
  return {
    stamp: (imprint, call = {}) => {
      // A bug, not a person's fault: what is stamped would be something else than the caller thinks.
      if (imprint.length !== 32) throw new RangeError('the imprint is no SHA-256');
      const limitMs = call.deadlineMs ?? deadlineMs;
      return withDeadline(limitMs, call.signal, async (deadline) => {
        const nonce = nonceOf(nonceBytes());
        const body = { bytes: encodeTimestampRequest(imprint, nonce), type: 'application/timestamp-query' };
        const answer = await transport.ask({ url, method: 'POST', accept: 'application/timestamp-reply', body, maxBytes, tries }, deadline);
        if (!answer.ok) return { ok: false, error: explain(answer.failure, host, limitMs) };
        // RFC 3161 3.4
        if (answer.type !== 'application/timestamp-reply') return fail('timestamp.invalid', { reason: 'garbage' });
        return readToken(answer.body, imprint, nonce);
      });
    },
  };
}

function readToken(body: Uint8Array, imprint: Uint8Array, nonce: Uint8Array): Result<Uint8Array> {
  const reply = readTimestampReply(body);
  if (reply.kind === 'refused') return fail('timestamp.refused', { reason: reply.reason });
  if (reply.kind === 'garbage') return fail('timestamp.invalid', { reason: 'garbage' });
  const outcome = readTimestamp(reply.token);
  if (!outcome.ok) {
    const { problems } = outcome;
    const reason = problems.includes('timestamp.wrong-usage') ? 'usage' : problems.includes('timestamp.broken') ? 'signature' : 'garbage';
    return fail('timestamp.invalid', { reason });
  }
  const { timestamp } = outcome;
  if (!imprintIs(timestamp, imprint)) return fail('timestamp.invalid', { reason: 'imprint' });
  const returned = readInfoNonce(timestamp.cms.content ?? new Uint8Array());
  if (returned === null || !sameBytes(returned, nonce)) return fail('timestamp.invalid', { reason: 'nonce' });
  if (!namesItsSigner(timestamp)) return fail('timestamp.invalid', { reason: 'signature' });
  return ok(reply.token.slice());
}

function imprintIs(timestamp: Timestamp, imprint: Uint8Array): boolean {
  return timestamp.hash === 'sha256' && imprintHolds(timestamp, imprint);
}

/** RFC 3161 2.4.2, RFC 5816: the attribute that binds the token to one certificate is not left out. That it fits is part of the signature's check. */
function namesItsSigner({ cms }: Timestamp): boolean {
  return cms.attributes.has(attributeOid.signingCertificate) || cms.attributes.has(attributeOid.signingCertificateV2);
}

function explain(failure: Failure, host: string, limitMs: number): AppError {
  switch (failure.kind) {
    case 'timeout': return { code: 'timestamp.timeout', params: { host, seconds: Math.ceil(limitMs / 1000) } };
    case 'refused': return { code: 'timestamp.refused', params: { reason: failure.reason } };
    case 'stopped':
    case 'unreachable': return { code: 'timestamp.unreachable', params: { host } };
  }
}
