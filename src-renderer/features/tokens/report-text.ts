import type { DriverInfo, TokenInfo } from '../../../src-shared/contract/signing.ts';
import { formatDate } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';
import type { Translate } from '../../i18n/translate.ts';
import { diagnose } from './diagnose.ts';

type Found = { readonly tokens: readonly TokenInfo[]; readonly drivers: readonly DriverInfo[] };

/** What the page found, as plain text for whoever helps: no PIN is in it, and nothing of any document. */
export function reportText(found: Found, { version, at, triedMs }: { readonly version: string; readonly at: string; readonly triedMs: number | null }, t: Translate, now: number = presentMs()): string {
  const { advice } = diagnose(found, now);
  const lines = [
    `${t('app.name')} ${version} · ${t('nav.tokens')} · ${at}`,
    t(`tokens.title.${advice}`),
    ...found.drivers.map(({ driver, problem }) => `${t('tokens.rung.driver')}: ${driver} — ${problem ? `${problem.code}: ${problem.message}` : t('tokens.driverRuns')}`),
    ...found.tokens.flatMap((token) => [
      `${t('tokens.device')}: ${token.label} (${token.serial}) · ${token.driver}`,
      ...pinWords(token, t),
      ...token.certificates.map((one) => `  ${one.commonName} · ${t('pin.issuedBy', { issuer: one.issuer })} · ${t('tokens.validFromTo', { from: formatDate(one.notBefore), to: formatDate(one.notAfter) })}${one.hasPrivateKey ? '' : ` · ${t('pin.noKey')}`}${one.usable === 'ok' ? '' : ` · ${t(`pin.usable.${one.usable}`)}`}`),
    ]),
    ...(triedMs === null ? [] : [`${t('tokens.triedTitle')}: ${Math.round(triedMs)} ms`]),
  ];
  return lines.join('\n');
}

function pinWords({ pin }: TokenInfo, t: Translate): readonly string[] {
  return [pin.locked && t('tokens.title.pin-locked'), pin.finalTry && t('tokens.title.pin-final'), pin.countLow && t('tokens.title.pin-low'), pin.pad && t('pin.padTitle')].flatMap((words) => (words ? [`  ${words}`] : []));
}
