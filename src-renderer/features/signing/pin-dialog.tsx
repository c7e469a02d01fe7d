import { useEffect, useRef, useState } from 'react';
import type { AppError, Result } from '../../../src-shared/result.ts';
import { useQuery, useStore } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { canSign, choicesOf, type Choice, type Wanted } from './certificates.ts';

type PinDialogProps<T> = {
  readonly title: string;
  /** What will happen, by name: signing is one of the few things that is confirmed. */
  readonly what: string;
  readonly wanted: Wanted;
  readonly onClose: () => void;
  readonly sign: (thumbprint: string, pin: string) => Promise<Result<T>>;
  readonly onDone: (done: T) => void;
};

/** Chooses the certificate, tells how the PIN stands before asking for it, asks once, and forgets it at once. */
export function PinDialog<T>({ title, what, wanted, onClose, sign, onDone }: PinDialogProps<T>) {
  const t = useT();
  const store = useStore();
  const { data, error: listError, fetching } = useQuery('tokens.list', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const choices = choicesOf(data?.tokens ?? [], wanted);
  const choice = choices.find((one) => one.certificate.thumbprint === chosen) ?? choices.find((one) => canSign(one.certificate));

  function search(): void {
    store.invalidate((query) => query.channel === 'tokens.list');
  }
  // The token may have been pulled or its PIN tried since it was last looked at.
  useEffect(search, [store]);

  async function confirm(): Promise<void> {
    if (!choice || pin === '' || busy || choice.token.pin.locked) return;
    const asked = pin;
    setPin('');
    setBusy(true);
    setError(null);
    const result = await sign(choice.certificate.thumbprint, asked);
    setBusy(false);
    if (result.ok) return onDone(result.value);
    setError(result.error);
    search();
  }
  // The field was shut while signing; the next try begins where the last one did.
  useEffect(() => {
    if (error && !busy) field.current?.focus();
  }, [error, busy]);

  const ready = choice !== undefined && pin !== '' && !busy && !choice.token.pin.locked;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={!ready} onPress={() => void confirm()}>{busy ? t('pin.signing') : t('pin.confirm')}</Button>
        </>
      }
    >
      <p className="pin-what">{what}</p>
      <ErrorNote error={listError} />
      {!data && fetching && <p role="status">{t('pin.looking')}</p>}
      {data && data.tokens.length === 0 && (
        <Note tone="warn" live>
          {t('pin.noToken')} {data.drivers.map((driver) => driver.problem?.message).filter(Boolean).join(' ')}
        </Note>
      )}
      {data && data.tokens.length > 0 && choices.every((one) => !canSign(one.certificate)) && <Note tone="warn" live>{t('pin.noCertificate')}</Note>}
      {choices.length > 0 && <Certificates choices={choices} current={choice} disabled={busy} onChoose={setChosen} />}
      {choice && <PinState choice={choice} />}
      {choice && !choice.token.pin.locked && (
        <TextField label={t('pin.field')} type="password" inputRef={field} autoFocus maxLength={64} value={pin} onChange={setPin} disabled={busy} help={t('pin.kept')} onEnter={() => void confirm()} />
      )}
      <ErrorNote error={error} />
      <Button size="small" kind="quiet" disabled={busy} onPress={search}>{t('pin.searchAgain')}</Button>
    </Dialog>
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

function PinState({ choice: { token: { pin } } }: { readonly choice: Choice }) {
  const t = useT();
  if (pin.locked) return <Note tone="bad" live>{t('pin.locked')}</Note>;
  if (pin.finalTry) return <Note tone="bad" live>{t('pin.finalTry')}</Note>;
  if (pin.countLow) return <Note tone="warn" live>{t('pin.countLow')}</Note>;
  return pin.pad ? <Note tone="info">{t('pin.pad')}</Note> : null;
}
