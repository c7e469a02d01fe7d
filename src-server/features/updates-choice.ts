import { createHash } from 'node:crypto';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { compareVersions } from '../../src-shared/domain/program-version.ts';
import type { UpdateQuestion } from '../../src-shared/protocol/update.ts';
import { officesUnder } from './delivery-axis.ts';
import type { Release } from './updates-folder.ts';

/** Among how many of a hundred a station is, for one version: the same whenever it is asked, another for another version. [0, 100) */
export function placeOf(station: string, version: string): number {
  return (createHash('sha256').update(`van-thu stage\n${version}\n${station}`).digest().readUInt32BE(0) / 2 ** 32) * 100;
}

/** Whether this release is given to this unit's machines at all. */
export function isForUnit({ units, withdrawn }: Pick<Release, 'units' | 'withdrawn'>, unit: OrganizationCode): boolean {
  return !withdrawn && (units === null || officesUnder(units)(unit));
}

/** A share that grows takes more stations in and none out: whoever was in stays in. */
export function isForStation({ percent, manifest }: Pick<Release, 'percent'> & { readonly manifest: { readonly version: string } }, station: string): boolean {
  return placeOf(station, manifest.version) < percent;
}

/**
 * What this desk is to have: the newest release that is newer than its own; where there is none, one that is signed as the way back from its own. What must be
 * installed (`minimum`) is not staged by share: a desk that may not stay as it is does not wait for its turn.
 */
export function chooseRelease(releases: readonly Release[], unit: OrganizationCode, { station, installed, channel, platform }: UpdateQuestion): Release | null {
  const fit = releases.filter((each) => {
    const { manifest } = each;
    if (manifest.channel !== channel || manifest.platform !== platform || !isForUnit(each, unit)) return false;
    return isForStation(each, station) || (manifest.minimum !== null && compareVersions(installed, manifest.minimum) < 0);
  });
  const newest = (list: readonly Release[]): Release | null => list.reduce<Release | null>((best, each) => (best === null || compareVersions(each.manifest.version, best.manifest.version) > 0 ? each : best), null);
  return newest(fit.filter(({ manifest }) => compareVersions(manifest.version, installed) > 0)) ?? newest(fit.filter(({ manifest }) => manifest.rollbackFrom.includes(installed)));
}
