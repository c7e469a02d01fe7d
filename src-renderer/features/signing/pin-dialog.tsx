import { CircleCheck } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { Result } from '../../../src-shared/result.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate, formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { canSign, type Choice, type Wanted } from './certificates.ts';
import type { CertificateCheck } from './use-certificate-check.ts';
import { usePin, type PinState } from './use-pin.ts';

type PinDialogProps<T> = {
  readonly title: string;
  /** What will happen, by name: signing is one of the few things that is confirmed. */
  readonly what: ReactNode;
  /** The button's words; signing one document when not given. */
  readonly action?: string;
  readonly wanted: Wanted;
  /** What is settled before the PIN is given. */
  readonly above?: ReactNode;
  /** The one certificate that may sign. */
  readonly only?: string;
  readonly onClose: () => void;
  readonly sign: (thumbprint: string, pin: string | null) => Promise<Result<T>>;
  readonly onDone: (done: T) => void;
};

/** Says what will happen, tells how the PIN stands before asking for it, and asks once. */
export function PinDialog<T>({ title, what, action, wanted, above, only, onClose, sign, onDone }: PinDialogProps<T>) {
  const t = useT();
  const pin = usePin({ wanted, only, sign, onDone });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      locked={pin.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={pin.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={!pin.ready} onPress={pin.confirm}>{pin.busy ? t('pin.signing') : action ?? t('pin.confirm')}</Button>
        </>
      }
    >
      <p className="pin-what">{what}</p>
      {above}
      <PinFields state={pin} />
    </Dialog>
  );
}

/** Certificate and PIN, for any dialog that signs. */
export function PinFields({ state, first = true }: { readonly state: PinState; /** The PIN is what the person came for: the focus begins there. */ readonly first?: boolean }) {
  const t = useT();
  const { tokens, choices, choice, busy } = state;
  return (
    <>
      <ErrorNote error={state.listError} />
      {state.looking && <p role="status">{t('tokens.looking')}</p>}
      {tokens && tokens.tokens.length === 0 && (
        <Note tone="warn" live>
          {t('pin.noToken')} {tokens.drivers.map((driver) => driver.problem?.message).filter(Boolean).join(' ')}
        </Note>
      )}
      {tokens && tokens.tokens.length > 0 && choices.every((one) => !canSign(one.certificate)) && <Note tone="warn" live>{t('pin.noCertificate')}</Note>}
      {choices.length > 0 && <Certificates choices={choices} current={choice} disabled={busy} onChoose={state.choose} />}
      {choice && <CertificateNote check={state.check} />}
      {choice && <PinNote choice={choice} busy={busy} />}
      {choice && !choice.token.pin.locked && !choice.token.pin.pad && (
        <TextField label={t('pin.field')} type="password" inputRef={state.field} autoFocus={first} maxLength={64} value={state.pin} onChange={state.setPin} disabled={busy} help={t('pin.kept')} onEnter={state.confirm} />
      )}
      <ErrorNote error={state.error} />
      <Button size="small" kind="quiet" disabled={busy} onPress={state.search}>{t('pin.searchAgain')}</Button>
    </>
  );
}

type CertificatesProps = { readonly choices: readonly Choice[]; readonly current: Choice | undefined; readonly disabled: boolean; readonly onChoose: (thumbprint: string) => void };

function Certificates({ choices, current, disabled, onChoose }: CertificatesProps) {
  const t = useT();
  const group = useId();
  return (
    <fieldset className="certificates" disabled={disabled}>
      <legend>{t('pin.certificate')}</legend>
      {choices.map(({ certificate, token }) => {
        const usable = canSign(certificate);
        const fault = certificate.usable !== 'ok' ? t(`pin.usable.${certificate.usable}`) : t('pin.noKey');
        return (
          <label key={`${token.serial} ${certificate.thumbprint}`} className={`certificate${usable ? '' : ' certificate-unusable'}`}>
            <input type="radio" name={group} checked={certificate.thumbprint === current?.certificate.thumbprint} disabled={!usable} onChange={() => onChoose(certificate.thumbprint)} />
            <span>
              <strong>{certificate.commonName}</strong> <span className="quiet">· {t(`pin.${certificate.holder}`)}</span>
              <small>{token.label} · {t('pin.issuedBy', { issuer: certificate.issuer })} · {usable ? t('pin.until', { date: formatDate(certificate.notAfter) }) : fault}</small>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Whether the certificate is good at this hour; a line, because it seldom is anything else. */
export function CertificateNote({ check: { asking, answer } }: { readonly check: CertificateCheck }) {
  const t = useT();
  if (asking || !answer) return <p role="status" className="certificate-check">{t('check.asking')}</p>;
  if (answer.status === 'good') return <p role="status" className="certificate-check certificate-good"><CircleCheck aria-hidden size={16} strokeWidth={2} /><span>{answer.checkedAt === null ? t('check.good') : t('check.goodAt', { time: formatInstant(answer.checkedAt) })}</span></p>;
  if (answer.status === 'unknown') return <Note tone="warn" live title={t('check.unknown')}>{t('check.unknownHelp')}</Note>;
  return <Note tone="bad" live title={t(`check.${answer.status}`)}>{t('check.refused')}</Note>;
}

/** How the PIN stands, before it is asked for. */
function PinNote({ choice: { token: { pin } }, busy }: { readonly choice: Choice; readonly busy: boolean }) {
  const t = useT();
  if (pin.locked) return <Note tone="bad" live>{t('pin.locked')}</Note>;
  return (
    <>
      {pin.finalTry ? <Note tone="bad" live>{t('pin.finalTry')}</Note> : pin.countLow && <Note tone="warn" live>{t('pin.countLow')}</Note>}
      {pin.pad && <Note tone="info" live={busy} title={t('pin.padTitle')}>{t(busy ? 'pin.padNow' : 'pin.padHelp')}</Note>}
    </>
  );
}
