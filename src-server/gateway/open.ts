import { readFileSync } from 'node:fs';
import { createAxisGateway } from './axis.ts';
import { createFolderGateway } from './folder.ts';
import type { PackageKey } from './package-signing.ts';
import type { Gateway } from './port.ts';

/** How this province speaks to the axis. `secret` comes from the environment, never from a file. */
export type AxisChannel =
  | { readonly kind: 'folder'; readonly dir: string; readonly settleSeconds: number }
  | {
      readonly kind: 'http'; readonly url: string; readonly systemId: string; readonly from: string; readonly secret: string; readonly mostMb: number; readonly ca?: string | undefined;
      readonly answerSeconds: number; readonly idleSeconds: number; readonly totalSeconds: number;
    };
export type AxisSettings = { readonly units: readonly string[]; readonly pollSeconds: number; readonly retrySeconds: readonly [first: number, most: number]; readonly channel: AxisChannel; /** Packages go out unsigned without it. */ readonly signing?: PackageKey | undefined };

/** All nodes work out of one place: whoever has the exchange goes on where another one ended. */
const station = 'van-thu';

/** Throws when the folder or the certificate cannot be read, and on an address that is not https. */
export async function openGateway(channel: AxisChannel, node: string, now: () => number): Promise<Gateway> {
  if (channel.kind === 'folder') return createFolderGateway({ root: channel.dir, station, writer: node, now, settleMs: channel.settleSeconds * 1000 });
  const { url, systemId, from, secret, mostMb, ca, answerSeconds, idleSeconds, totalSeconds } = channel;
  return createAxisGateway({
    baseUrl: url, systemId, secret, from, now, mostBytes: mostMb << 20, deadlines: { answerMs: answerSeconds * 1000, idleMs: idleSeconds * 1000, totalMs: totalSeconds * 1000 },
    ...(ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') }),
  });
}
