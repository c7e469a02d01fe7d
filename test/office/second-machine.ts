import { join } from 'node:path';
import { createGate } from '../../src-main/backend/gate.ts';
import { composeDesk } from '../../src-main/backend/compose.ts';
import { createSoftTokens } from '../../src-main/token/soft.ts';
import type { Channel, Input, Output } from '../../src-shared/contract/index.ts';
import type { Result } from '../../src-shared/result.ts';
import type { OfficeUnderTest } from './support.ts';

export type SecondMachine = {
  /** Waits until the line has brought something that is not registered, and registers it. */
  readonly register: () => Promise<Result<unknown>>;
  readonly close: () => Promise<void>;
};

/** Another computer of the same office, at which the same clerk's account is signed in: its own profile, its own station, the same server. */
export async function openSecondMachine(o: OfficeUnderTest, deskId: string): Promise<SecondMachine> {
  const seated = o.office.desks.get(deskId);
  if (seated === undefined) throw new Error(`no desk ${deskId}`);
  const { cast: member, line } = seated;
  const desk = composeDesk({
    dir: join(o.dir, `second-${deskId}`), key: new Uint8Array(32).fill(9), me: member.person, role: member.role, unit: member.unit, serverUrl: line.url,
    credentials: { user: member.user, password: member.password }, tokens: createSoftTokens({ pkcs12: [] }), trust: {}, holdMs: () => 0, log: () => undefined,
    office: { signature: null, seal: null, profile: 'office', location: '', policy: { level: 'B-B', digest: 'sha256', tsaUrl: '', proxyUrl: '' } },
  });
  const call = createGate(desk.handlers, () => undefined);
  const ask = async <C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> => {
    const answer = (await call(channel, input)) as Result<never>;
    if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  };
  return {
    register: async () => {
      const found = await o.until(deskId, async () => {
        await ask('sync.now', {});
        return (await ask('documents.list', { folder: 'incoming', query: '', offset: 0, limit: 50 })).rows.find(({ document }) => document.stage === 'arrived');
      });
      return (await call('documents.register', { id: found.document.id })) as Result<unknown>;
    },
    close: () => desk.close(),
  };
}
