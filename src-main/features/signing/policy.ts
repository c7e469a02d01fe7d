import { signingPolicy, type SigningPolicy } from '../../../src-shared/contract/signing.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

const key = 'signing.policy';

/** How this office signs: what was set at this desk, else what the office came with. */
export function readPolicy({ store, office }: Pick<DeskContext, 'store' | 'office'>): SigningPolicy {
  const text = store.getSetting(key);
  return text === null ? office.policy : signingPolicy.parse(JSON.parse(text));
}

/** Error: `policy.address`, and nothing is changed. */
export function setPolicy(context: Pick<DeskContext, 'store' | 'office'>, policy: SigningPolicy): Result<SigningPolicy> {
  const tsaUrl = readAddress(policy.tsaUrl);
  if (tsaUrl === null) return fail('policy.address', { what: policy.tsaUrl });
  const proxyUrl = readAddress(policy.proxyUrl);
  if (proxyUrl === null) return fail('policy.address', { what: policy.proxyUrl });
  context.store.setSetting(key, JSON.stringify({ ...policy, tsaUrl, proxyUrl }));
  return ok(readPolicy(context));
}

/** '' stands for none; null is no address of the web. */
function readAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return '';
  if (!/^https?:\/\//i.test(text)) return null;
  const url = URL.parse(text);
  return url === null || url.hostname === '' ? null : text;
}
