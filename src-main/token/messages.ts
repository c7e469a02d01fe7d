import { z } from 'zod';
import { appError } from '../../src-shared/protocol/wire.ts';
import { digestNames } from '../ports/token.ts';

/**
 * Client ⇄ token host, over the child's IPC channel with structured clones. One request is in hand at a time.
 * The PIN travels in `login` alone, as bytes, so that both ends can overwrite it.
 */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const thumbprint = z.string().regex(/^[0-9a-f]{64}$/);

export const hostRequest = z.discriminatedUnion('op', [
  z.object({ op: z.literal('list') }),
  /** Which tokens are there, without a session: cheap enough to be asked every few seconds. */
  z.object({ op: z.literal('presence') }),
  /** Is this certificate on a token of this driver? Asked before any PIN is sent to a driver. */
  z.object({ op: z.literal('find'), thumbprint }),
  /** `pin` null: the token asks on a pad of its own. */
  z.object({ op: z.literal('login'), thumbprint, pin: bytes.nullable(), digest: z.enum(digestNames) }),
  z.object({ op: z.literal('sign'), data: bytes }),
  z.object({ op: z.literal('logout') }),
]);
export type HostRequest = z.infer<typeof hostRequest>;
export const hostEnvelope = z.object({ id: z.int(), request: hostRequest });

const hostCertificate = z.object({ der: bytes, label: z.string(), hasPrivateKey: z.boolean() });
const hostPresence = z.object({
  label: z.string(),
  serial: z.string(),
  pin: z.object({ countLow: z.boolean(), finalTry: z.boolean(), locked: z.boolean(), pad: z.boolean() }),
});
const hostToken = hostPresence.extend({ certificates: z.array(hostCertificate) });
export type HostPresence = z.infer<typeof hostPresence>;
export type HostCertificate = z.infer<typeof hostCertificate>;
export type HostToken = z.infer<typeof hostToken>;
export type PinState = HostToken['pin'];

export const hostAnswers = {
  /** `problem`: a slot that could not be read; the others are still listed. */
  list: z.object({ tokens: z.array(hostToken), problem: appError.nullable() }),
  presence: z.object({ tokens: z.array(hostPresence) }),
  find: z.object({ found: z.boolean(), tokens: z.int() }),
  login: z.object({ certificate: bytes, others: z.array(bytes), algorithm: z.templateLiteral([z.enum(['rsa-pkcs1', 'rsa-pss', 'ecdsa']), '-', z.enum(digestNames)]) }),
  sign: z.object({ signature: bytes }),
  logout: z.object({}),
} as const satisfies Record<HostRequest['op'], z.ZodType>;
export type HostOp = HostRequest['op'];
export type HostAnswer<Op extends HostOp> = z.infer<(typeof hostAnswers)[Op]>;

/** The host's first message: its program runs, the driver is not loaded yet. */
export const hostIsReady = 'ready';

export const hostReply = z.object({
  id: z.int(),
  result: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: z.unknown() }), z.object({ ok: z.literal(false), error: appError })]),
});
export type HostReply = z.infer<typeof hostReply>;
