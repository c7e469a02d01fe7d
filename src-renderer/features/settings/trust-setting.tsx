import { useState } from 'react';
import type { TrustedCertificate, TrustState } from '../../../src-shared/contract/trust.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useShownOnWish } from './show-part.ts';
import { TrustAdd } from './trust-add.tsx';
import { TrustCertificate } from './trust-certificate.tsx';
import { TrustRemove } from './trust-remove.tsx';
import { TrustServer } from './trust-server.tsx';

/** Whom this office believes: every authority with whose word it is here on, what the server sends, and the way to add one. */
export function TrustSetting() {
  const t = useT();
  const { data: trust, error } = useQuery('trust.read', {});
  const heading = useShownOnWish('trust', trust !== undefined);
  return (
    <section className="settings-part trust" aria-label={t('trust.title')}>
      <h2 ref={heading} tabIndex={-1}>{t('trust.title')}</h2>
      <p className="quiet">{t('trust.what')}</p>
      <ErrorNote error={error} />
      {trust && <Trust trust={trust} />}
    </section>
  );
}

function Trust({ trust }: { readonly trust: TrustState }) {
  const t = useT();
  const [removing, setRemoving] = useState<TrustedCertificate | null>(null);
  const anchors = trust.certificates.filter(({ role }) => role === 'anchor');
  return (
    <>
      {trust.damaged && <Note tone="bad">{t('trust.damaged')}</Note>}
      {trust.refused.length > 0 && <Note tone="bad">{t('trust.refused', { files: trust.refused.join(', ') })}</Note>}
      {anchors.length === 0 && (
        <Note tone="warn" title={t('trust.noneTitle')}>
          <p>{t('trust.none', { verdict: t('signatures.verdict.indeterminate') })}</p>
          <ul className="trust-ways"><li>{t('trust.noneServer')}</li><li>{t('trust.noneFile')}</li></ul>
        </Note>
      )}
      {(['anchor', 'intermediate'] as const).map((role) => (
        <TrustGroup key={role} role={role} certificates={trust.certificates.filter((each) => each.role === role)} onRemove={trust.mayChange ? setRemoving : null} />
      ))}
      {trust.mayChange ? <TrustAdd /> : <p className="quiet">{t('trust.readOnly')}</p>}
      <TrustServer trust={trust} />
      <div className="trust-history">
        <p className="quiet">{t('trust.number', { version: String(trust.version), date: formatDate(trust.dated) })}</p>
        {trust.changes.length > 0 && (
          <details>
            <summary>{t('trust.changes', { count: trust.changes.length })}</summary>
            <ul className="trust-changes">
              {trust.changes.map(({ at, version, what, origin, commonName, thumbprint }) => (
                <li key={`${version} ${what} ${thumbprint}`}>{t(`trust.change.${what}`, { date: formatDate(at), version: String(version), name: commonName })} <span className="quiet">({t(`trust.origin.${origin}`)})</span></li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {removing && <TrustRemove certificate={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

type TrustGroupProps = { readonly role: TrustedCertificate['role']; readonly certificates: readonly TrustedCertificate[]; readonly onRemove: ((certificate: TrustedCertificate) => void) | null };

function TrustGroup({ role, certificates, onRemove }: TrustGroupProps) {
  const t = useT();
  if (certificates.length === 0) return null;
  return (
    <div className="trust-group">
      <h3>{t(`trust.group.${role}`)}</h3>
      <p className="quiet">{t(`trust.groupHelp.${role}`)}</p>
      <ul className="trust-list" aria-label={t(`trust.group.${role}`)}>
        {certificates.map((each) => <TrustCertificate key={each.thumbprint} certificate={each} onRemove={onRemove && each.origin === 'administrator' ? () => onRemove(each) : undefined} />)}
      </ul>
    </div>
  );
}
