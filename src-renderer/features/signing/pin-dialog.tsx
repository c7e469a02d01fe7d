import type { ReactNode } from 'react';
import type { Result } from '../../../src-shared/result.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { canSign, type Choice, type Wanted } from './certificates.ts';
import { usePin, type PinState } from './use-pin.ts';

type PinDialogProps<T> = {
  readonly title: string;
  /** What will happen, by name: signing is one of the few things that is confirmed. */
  readonly what: ReactNode;
  readonly wanted: Wanted;
  readonly onClose: () => void;
  readonly sign: (thumbprint: string, pin: string) => Promise<Result<T>>;
  readonly onDone: (done: T) => void;
};

/** Says what will happen, tells how the PIN stands before asking for it, and asks once. */
export function PinDialog<T>({ title, what, wanted, onClose, sign, onDone }: PinDialogProps<T>) {
  const t = useT();
  const pin = usePin({ wanted, sign, onDone });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      locked={pin.busy}
      actions={
        <>
          <Button onPress={onClose} disabled={pin.busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={!pin.ready} onPress={pin.confirm}>{pin.busy ? t('pin.signing') : t('pin.confirm')}</Button>
        </>
      }
    >
      <p className="pin-what">{what}</p>
      <PinFields state={pin} />
    </Dialog>
  );
}

/** Certificate and PIN, for any dialog that signs. */
export function PinFields({ state }: { readonly state: PinState }) {
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
      {choice && <PinNote choice={choice} />}
      {choice && !choice.token.pin.locked && (
        <TextField label={t('pin.field')} type="password" inputRef={state.field} autoFocus maxLength={64} value={state.pin} onChange={state.setPin} disabled={busy} help={t('pin.kept')} onEnter={state.confirm} />
      )}
      <ErrorNote error={state.error} />
      <Button size="small" kind="quiet" disabled={busy} onPress={state.search}>{t('pin.searchAgain')}</Button>
    </>
  );
}

type CertificatesProps = { readonly choices: readonly Choice[]; readonly current: Choice | undefined; readonly disabled: boolean; readonly onChoose: (thumbprint: string) => void };

function Certificates({ choices, current, disabled, onChoose }: CertificatesProps) {
  const t = useT();
  return (
    <fieldset className="certificates" disabled={disabled}>
      <legend>{t('pin.certificate')}</legend>
      {choices.map(({ certificate, token }) => {
        const usable = canSign(certificate);
        const fault = certificate.usable !== 'ok' ? t(`pin.usable.${certificate.usable}`) : t('pin.noKey');
        return (
          <label key={`${token.serial} ${certificate.thumbprint}`} className={`certificate${usable ? '' : ' certificate-unusable'}`}>
            <input type="radio" name="certificate" checked={certificate.thumbprint === current?.certificate.thumbprint} disabled={!usable} onChange={() => onChoose(certificate.thumbprint)} />
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

function PinNote({ choice: { token: { pin } } }: { readonly choice: Choice }) {
  const t = useT();
  if (pin.locked) return <Note tone="bad" live>{t('pin.locked')}</Note>;
  if (pin.finalTry) return <Note tone="bad" live>{t('pin.finalTry')}</Note>;
  if (pin.countLow) return <Note tone="warn" live>{t('pin.countLow')}</Note>;
  return pin.pad ? <Note tone="info">{t('pin.pad')}</Note> : null;
}
