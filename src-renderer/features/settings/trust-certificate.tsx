import { CalendarClock, CalendarX2, GraduationCap, Package, ServerCog, UserRoundCog, Trash2, type LucideIcon } from 'lucide-react';
import { useId } from 'react';
import type { TrustedCertificate, TrustOrigin } from '../../../src-shared/contract/trust.ts';
import { daysUntil, formatDate, localDay } from '../../i18n/format.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Fingerprint } from './fingerprint.tsx';

const origins: Readonly<Record<TrustOrigin, LucideIcon>> = { shipped: Package, server: ServerCog, administrator: UserRoundCog, practice: GraduationCap };
const soonDays = 90;

type TrustCertificateProps = { readonly certificate: TrustedCertificate; /** Left out: this one stays. */ readonly onRemove?: (() => void) | undefined };

/** One authority: its name, whose word it is here on, how long it lasts, and its fingerprint. */
export function TrustCertificate({ certificate, onRemove }: TrustCertificateProps) {
  const t = useT();
  const id = useId();
  const { commonName, organization, issuer, origin, since, role, notAfter, thumbprint } = certificate;
  return (
    <li className="trust-certificate">
      <div className="trust-head">
        <strong id={id}>{commonName}</strong>
        <Pill tone="neutral" icon={origins[origin]}>{t(`trust.origin.${origin}`)}</Pill>
        <Validity notAfter={notAfter} />
      </div>
      <p className="quiet">{[organization === commonName ? '' : organization, role === 'intermediate' && t('trust.issuedBy', { issuer }), t('trust.since', { date: formatDate(since) })].filter(Boolean).join(' · ')}</p>
      <Fingerprint thumbprint={thumbprint} name={commonName} nameId={id} />
      {onRemove && <div className="trust-remove"><Button kind="quiet" size="small" icon={Trash2} onPress={onRemove} describedBy={id}>{t('trust.remove')}</Button></div>}
    </li>
  );
}

/** An authority that ends soon leaves every later signature without a root: it is told in time. */
export function Validity({ notAfter }: { readonly notAfter: string }) {
  const t = useT();
  const day = localDay(notAfter);
  const days = daysUntil(day);
  const date = formatDate(day);
  if (days < 0) return <Pill tone="bad" icon={CalendarX2}>{t('trust.ended', { date })}</Pill>;
  if (days <= soonDays) return <Pill tone="warn" icon={CalendarClock}>{t('trust.untilSoon', { days: String(days), date })}</Pill>;
  return <span className="trust-until">{t('trust.until', { date })}</span>;
}
