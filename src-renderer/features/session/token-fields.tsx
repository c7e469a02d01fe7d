import { Usb } from 'lucide-react';
import { useId } from 'react';
import type { AppError } from '../../../src-shared/result.ts';
import { useI18n, useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import type { Choice } from '../signing/certificates.ts';
import type { TokenSignIn } from './use-token-sign-in.ts';

/** The token’s part of the form: what is plugged in, whose it is, and its PIN, asked once. */
export function TokenFields({ state }: { readonly state: TokenSignIn }) {
  const t = useT();
  const { tokens, choices, choice, busy, error } = state;
  if (!tokens) return <p role="status" className="session-looking">{t('session.tokenLooking')}</p>;
  return (
    <div className="session-fields">
      {tokens.tokens.length === 0 && <NoToken problems={tokens.drivers.flatMap(({ problem }) => (problem !== null && problem.code !== 'token.driver-missing' ? [problem.message] : []))} />}
      {tokens.tokens.length > 0 && !choice && <Note tone="warn" live>{t('session.tokenNoCertificate')}</Note>}
      {choice && <Holders choices={choices} current={choice} disabled={busy} onChoose={state.choose} />}
      {choice && <PinState choice={choice} busy={busy} />}
      {choice && !choice.token.pin.locked && !choice.token.pin.pad && (
        <TextField
          label={t('session.pin')} type="password" inputRef={state.field} maxLength={64} value={state.pin} onChange={state.setPin} disabled={busy}
          help={t('session.pinKept')} error={state.missing ? t('session.needPin') : undefined} onEnter={state.submit}
        />
      )}
      <TokenError error={error} />
    </div>
  );
}

function NoToken({ problems }: { readonly problems: readonly string[] }) {
  const t = useT();
  return (
    <div className="session-no-token" role="status">
      <Usb aria-hidden size={32} strokeWidth={1.5} />
      <strong>{t('session.tokenNone')}</strong>
      <p>{t('session.tokenNoneHelp')}</p>
      {problems.map((problem) => <p key={problem} className="session-driver">{problem}</p>)}
    </div>
  );
}

type HoldersProps = { readonly choices: readonly Choice[]; readonly current: Choice; readonly disabled: boolean; readonly onChoose: (thumbprint: string) => void };

function Holders({ choices, current, disabled, onChoose }: HoldersProps) {
  const t = useT();
  const group = useId();
  return (
    <fieldset className="certificates" disabled={disabled}>
      <legend>{choices.length > 1 ? t('session.certificate') : t('session.certificateOne')}</legend>
      {choices.map(({ certificate, token }) => (
        <label key={`${token.serial} ${certificate.thumbprint}`} className="certificate">
          <input type="radio" name={group} checked={certificate.thumbprint === current.certificate.thumbprint} onChange={() => onChoose(certificate.thumbprint)} />
          <span>
            <strong>{certificate.commonName}</strong> <span className="quiet">· {t(`pin.${certificate.holder}`)}</span>
            <small>{token.label} · {certificate.label !== '' && certificate.label !== certificate.commonName ? certificate.label : t('pin.issuedBy', { issuer: certificate.issuer })} · {t('pin.until', { date: formatDate(certificate.notAfter) })}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** How the PIN stands, before it is asked for. */
function PinState({ choice: { token: { pin } }, busy }: { readonly choice: Choice; readonly busy: boolean }) {
  const t = useT();
  if (pin.locked) return <Note tone="bad" live>{t('session.pinLocked')}</Note>;
  return (
    <>
      {pin.finalTry ? <Note tone="bad" live>{t('pin.finalTry')}</Note> : pin.countLow && <Note tone="warn" live>{t('pin.countLow')}</Note>}
      {pin.pad && <Note tone="info" live={busy} title={t('pin.padTitle')}>{t(busy ? 'pin.padNow' : 'session.padHelp')}</Note>}
    </>
  );
}

/** The token’s own sentences speak of documents; at the door nobody signs one. */
const atTheDoor = {
  'token.pin-wrong': 'session.pinWrong', 'token.pin-locked': 'session.pinLocked', 'token.pad-cancelled': 'session.padCancelled', 'token.pin-needed': 'session.needPin',
  'token.absent': 'session.tokenGone', 'token.removed': 'session.tokenGone', 'token.certificate-missing': 'session.tokenGone',
  'token.timeout': 'session.tokenSilent', 'token.host-died': 'session.tokenSilent', 'token.failed': 'session.tokenSilent',
} as const;

function TokenError({ error }: { readonly error: AppError | null }) {
  const { t, describe } = useI18n();
  if (!error) return null;
  const own = Object.hasOwn(atTheDoor, error.code) ? atTheDoor[error.code as keyof typeof atTheDoor] : null;
  return <Note tone="bad" live>{own ? t(own) : describe(error)}</Note>;
}
