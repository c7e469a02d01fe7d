import { recentCrashes } from '../../../src-shared/domain/crash.ts';
import type { MachineFacts } from '../../../src-shared/domain/diagnosis.ts';
import type { MachinePort } from '../../ports/machine.ts';
import type { TokenPort } from '../../ports/token.ts';

export type FactsParts = { readonly version: string; readonly machine: MachinePort; readonly tokens: Pick<TokenPort, 'list'>; readonly proxy: boolean; readonly work: MachineFacts['work']; readonly now: () => Date };

/** Everything that is looked at, side by side: a server that does not answer holds up nobody for longer than its own deadline. */
export async function gatherFacts({ version, machine, tokens, proxy, work, now }: FactsParts): Promise<MachineFacts> {
  const [disk, server, listed] = await Promise.all([machine.disk(), machine.askServer(), tokens.list()]);
  const crashes = machine.crashes();
  return {
    crashes: crashes && recentCrashes(crashes, now()),
    version, system: machine.system(), now: now().toISOString(), disk, database: machine.database(), server, proxy: proxy || machine.usesProxy(), work,
    drivers: listed.drivers.map(({ driver, problem }) => ({ driver: baseName(driver), problem: problem?.code ?? null })),
    // of a certificate only until when and whether it can sign: not whose it is
    tokens: listed.tokens.map(({ driver, pin: { countLow, finalTry, locked }, certificates }) => ({
      driver: baseName(driver), pin: { countLow, finalTry, locked }, certificates: certificates.map(({ notAfter, usable, hasPrivateKey }) => ({ notAfter, usable, hasPrivateKey })),
    })),
  };
}

/** A path may hold the name of whoever's folder it is in. */
function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
