import { createRevocationClient } from '../authorities/revocation-client.ts';
import { createTimestampClient } from '../authorities/timestamp-client.ts';
import type { RevocationPort, TimestampPort } from '../ports/authorities.ts';

export type ServiceAddresses = { readonly tsaUrl: string; readonly proxyUrl: string };

/** The certification services of the command line: nothing goes out until one of them is asked. */
export function createServices({ tsaUrl, proxyUrl }: ServiceAddresses): { readonly timestamp: TimestampPort; readonly revocation: RevocationPort } {
  return { timestamp: createTimestampClient({ url: tsaUrl, proxyUrl }), revocation: createRevocationClient({ proxyUrl }) };
}
