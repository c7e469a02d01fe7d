import { Copy, KeyRound, RefreshCw, ShieldCheck, Usb } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { AppState } from '../../app/app-state.ts';
import { useBridge, useQuery, useStore } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate, formatInstant } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import type { Step } from '../../ui/step.ts';
import { StepLine } from '../../ui/steps.tsx';
import { PinDialog } from '../signing/pin-dialog.tsx';
import { reportText } from './report-text.ts';
import { useTokenWatch } from './use-token-watch.ts';
import { diagnose, rungs, type Advice, type Diagnosis, type Rung } from './diagnose.ts';

const tones = {
  'driver-missing': 'bad', 'driver-32-bit': 'bad', 'driver-broken': 'bad', 'device-absent': 'warn', 'certificate-none': 'bad', 'certificate-unusable': 'bad', 'certificate-expired': 'bad',
  'pin-locked': 'bad', 'pin-final': 'bad', 'pin-low': 'warn', 'expires-soon': 'warn', ready: 'ok',
} as const satisfies Record<Advice, 'ok' | 'warn' | 'bad'>;

/** "Will my token sign?", answered before it is needed: what stands, what does not, what to do about it, and a try. */
export function TokensScreen({ app }: { readonly app: AppState }) {
  const t = useT();
  const store = useStore();
  const { data, error, fetching } = useQuery('tokens.list', {});
  const look = (): void => store.invalidate((query) => query.channel === 'tokens.list');
  useTokenWatch();
  const diagnosis = data ? diagnose(data) : null;
  return (
    <section className="tokens" aria-label={t('nav.tokens')}>
      <div className="list-heading">
        <h1>{t('nav.tokens')}</h1>
        <Button size="small" icon={RefreshCw} disabled={fetching} onPress={look}>{fetching ? t('tokens.looking') : t('tokens.look')}</Button>
      </div>
      <div className="tokens-body">
        <ErrorNote error={error} />
        {!diagnosis && !error && <p role="status">{t('tokens.looking')}</p>}
        {data && diagnosis && <Found app={app} found={data} diagnosis={diagnosis} />}
      </div>
    </section>
  );
}

type FoundProps = { readonly app: AppState; readonly found: Output<'tokens.list'>; readonly diagnosis: Diagnosis };

function Found({ app, found, diagnosis }: FoundProps) {
  const t = useT();
  const bridge = useBridge();
  const [trying, setTrying] = useState(false);
  const [tookMs, setTookMs] = useState<number | null>(null);
  const { advice, certificate } = diagnosis;
  const date = certificate ? formatDate(certificate.certificate.notAfter) : '';
  const days = certificate?.daysLeft ?? 0;
  return (
    <>
      <div className="tokens-verdict" data-tour="tokens">
        <Note tone={tones[advice]} title={t(`tokens.title.${advice}`)} live>
          {t(`tokens.advice.${advice}`, { date, days })}
          {diagnosis.detail && <span className="tokens-detail"> {diagnosis.detail}</span>}
        </Note>
        {found.tokens.some((token) => token.pin.pad) && <Note tone="info" title={t('pin.padTitle')}>{t('pin.padHelp')}</Note>}
        {tookMs !== null && <Note tone="ok" live title={t('tokens.triedTitle')}>{t('tokens.tried', { seconds: Math.max(0.1, Math.round(tookMs / 100) / 10) })}</Note>}
      </div>
      <div className="tokens-columns">
        <section>
          <h2>{t('tokens.ladder')}</h2>
          <StepLine label={t('tokens.ladder')} steps={stepsOf(diagnosis, t)} />
        </section>
        {certificate && (
          <section className="tokens-card">
            <h2><KeyRound aria-hidden size={18} strokeWidth={1.75} />{t('tokens.certificate')}</h2>
            <dl className="facts">
              <div><dt>{t('tokens.holder')}</dt><dd>{certificate.certificate.commonName}</dd></div>
              {certificate.certificate.organization && <div><dt>{t('settings.unit')}</dt><dd>{certificate.certificate.organization}</dd></div>}
              <div><dt>{t('tokens.issuer')}</dt><dd>{certificate.certificate.issuer}</dd></div>
              <div><dt>{t('tokens.validity')}</dt><dd>{t('tokens.validFromTo', { from: formatDate(certificate.certificate.notBefore), to: date })}</dd></div>
              <div><dt>{t('tokens.left')}</dt><dd>{days >= 0 ? t('tokens.days', { days }) : t('status.tokenExpired')}</dd></div>
              <div><dt>{t('tokens.device')}</dt><dd>{certificate.token.label}</dd></div>
            </dl>
            {diagnosis.failed === null && (
              <div><Button kind="strong" icon={ShieldCheck} onPress={() => setTrying(true)}>{t('tokens.try')}</Button><p className="quiet">{t('tokens.tryHelp')}</p></div>
            )}
          </section>
        )}
        {!certificate && <div className="tokens-picture" aria-hidden><Usb size={96} strokeWidth={1} /></div>}
      </div>
      <Copying text={() => reportText(found, { version: app.version, at: formatInstant(new Date(presentMs()).toISOString()), triedMs: tookMs }, t)} />
      {trying && (
        <PinDialog
          title={t('tokens.try')}
          what={t('tokens.tryHelp')}
          wanted={app.role === 'leader' ? { holder: 'person', name: app.me.fullName } : { holder: 'organization', name: app.unit.name }}
          onClose={() => setTrying(false)}
          sign={(thumbprint, pin) => bridge['tokens.try']({ thumbprint, pin })}
          onDone={(done) => {
            setTookMs(done.tookMs);
            setTrying(false);
          }}
        />
      )}
    </>
  );
}

/** What was found, for whoever helps. */
function Copying({ text }: { readonly text: () => string }) {
  const t = useT();
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = (): void => void navigator.clipboard.writeText(text()).then(() => setCopied('yes'), () => setCopied('failed'));
  return (
    <div className="tokens-copy">
      <Button icon={Copy} onPress={copy}>{t('tokens.copy')}</Button>
      <p className="quiet" role="status">{t(copied === 'yes' ? 'tokens.copied' : copied === 'failed' ? 'tokens.copyFailed' : 'tokens.copyHelp')}</p>
      {copied === 'failed' && <pre className="tokens-report" tabIndex={0}>{text()}</pre>}
    </div>
  );
}

function stepsOf(diagnosis: Diagnosis, t: ReturnType<typeof useT>): readonly Step[] {
  const failedAt = diagnosis.failed === null ? rungs.length : rungs.indexOf(diagnosis.failed);
  return rungs.map((rung: Rung, index) => ({
    label: t(`tokens.rung.${rung}`),
    state: index < failedAt ? 'done' : index === failedAt ? 'stopped' : 'ahead',
    detail: index === failedAt ? t(`tokens.title.${diagnosis.advice}`) : undefined,
  }));
}
