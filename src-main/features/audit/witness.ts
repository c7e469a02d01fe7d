import { createHash } from 'node:crypto';
import type { Output, ParsedInput } from '../../../src-shared/contract/index.ts';
import { AppFailure, type Result } from '../../../src-shared/result.ts';
import type { SignedTail, SigningPort } from '../../ports/signing.ts';
import type { SigningKey, TokenPort } from '../../ports/token.ts';
import type { DeskContext } from '../context.ts';
import type { DeskHandlers } from '../handlers.ts';
import { auditedCalls, type AuditedChannel, type Deed } from './deeds.ts';

export type Witness = (action: string, deed: Deed) => void;

/** Writes in this person's name into the desk's audit. A disk without room takes nothing from what was done already: the log says that a line is missing. */
export function createWitness({ store, me, unit, now, log }: Pick<DeskContext, 'store' | 'me' | 'unit' | 'now' | 'log'>): Witness {
  return (action, { subject, detail = {} }) => {
    try {
      store.addAudit({ atMs: now().getTime(), unit: unit.code, user: me.id, action, subject, detail });
    } catch (error) {
      if (!(error instanceof AppFailure)) throw error;
      log('warn', 'a line of the audit could not be written', { action, code: error.error.code });
    }
  };
}

/** The same use-cases; of those that the table names, what went well is written down before the screen hears of it. */
export function witnessed(handlers: DeskHandlers, write: Witness): DeskHandlers {
  const watched = Object.keys(auditedCalls).map((channel) => [channel, watch(channel as AuditedChannel)] as const);
  return { ...handlers, ...(Object.fromEntries(watched) as Pick<DeskHandlers, AuditedChannel>) };

  function watch<C extends AuditedChannel>(channel: C) {
    const handler = handlers[channel] as (input: ParsedInput<C>) => Promise<Result<Output<C>>> | Result<Output<C>>;
    const deedOf = auditedCalls[channel] as (input: ParsedInput<C>) => Deed;
    return async (input: ParsedInput<C>): Promise<Result<Output<C>>> => {
      const done = await handler(input);
      if (done.ok) write(channel, deedOf(input));
      return done;
    };
  }
}

/** Which certificate was logged in with and what came of it; a PIN that was wrong among it, the PIN itself never. */
export function witnessedTokens(tokens: TokenPort, write: Witness): TokenPort {
  return {
    ...tokens,
    withKey: async (thumbprint, pin, use, options) => {
      let opened = false;
      const done = await tokens.withKey(thumbprint, pin, (key) => {
        opened = true;
        return use(key);
      }, options);
      write('token.used', { subject: thumbprint, detail: done.ok ? { ok: true } : { ok: false, opened, code: done.error.code } });
      return done;
    },
  };
}

/** What was signed with which certificate: the hash of the whole signed file is what the document's command names as its content. */
export function witnessedSigning(signing: SigningPort, write: Witness): SigningPort {
  const note = (step: string, key: SigningKey, signed: Result<SignedTail>): Result<SignedTail> => {
    if (signed.ok) write('signature.made', { subject: signed.value.sha256 ?? '', detail: { step, certificate: createHash('sha256').update(key.certificate).digest('hex') } });
    return signed;
  };
  return {
    ...signing,
    sign: async (input, request) => note('sign', request.key, await signing.sign(input, request)),
    issue: async (input, request) => note('issue', request.key, await signing.issue(input, request)),
    mark: async (input, request) => note(request.mark.kind, request.key, await signing.mark(input, request)),
  };
}
