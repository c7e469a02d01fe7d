import { ArrowLeft, Check, Circle, KeyRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SessionPending } from '../../../src-shared/contract/session.ts';
import { brokenPasswordRules, minPasswordLength, passwordRules } from '../../../src-shared/domain/password.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { PasswordField } from './password-field.tsx';

type ChangePasswordProps = { readonly pending: Extract<SessionPending, { readonly step: 'change-password' }>; /** The password that was just typed; asked for again where it is not known. */ readonly known: string | null };

/** A first password, changed before anything else: its rules stand there from the beginning and are ticked off while the person types. */
export function ChangePassword({ pending: { user, person }, known }: ChangePasswordProps) {
  const t = useT();
  const change = useAction('session.changePassword');
  const cancel = useAction('session.cancel');
  const [typed, setTyped] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [pressed, setPressed] = useState(false);
  // a password that was typed at the door and is no longer right is asked for here
  const [asked, setAsked] = useState(known === null || known === '');
  const presentField = useRef<HTMLInputElement>(null);
  const nextField = useRef<HTMLInputElement>(null);
  const againField = useRef<HTMLInputElement>(null);
  const running = useRef(false);
  const isPresentWrong = change.error?.code === 'session.wrong-password';
  const present = asked ? typed : (known ?? '');
  const broken = brokenPasswordRules(next, { user, present: present === '' ? null : present });
  const same = next !== '' && next === again;
  const busy = change.busy || cancel.busy;

  useEffect(() => { if (isPresentWrong) presentField.current?.focus(); }, [isPresentWrong]);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, where the person begins to type
  useEffect(() => (asked ? presentField : nextField).current?.focus(), []);

  async function submit(): Promise<void> {
    if (running.current) return;
    setPressed(true);
    const first = present === '' ? presentField : broken.length > 0 ? nextField : same ? null : againField;
    if (first) return first.current?.focus();
    running.current = true;
    try {
      const result = await change.run({ present, next });
      if (!result.ok && result.error.code === 'session.wrong-password') setAsked(true);
    } finally {
      running.current = false;
    }
    return undefined;
  }

  const met = (rule: string): boolean => next !== '' && (rule === 'same' ? same : !broken.some((one) => one === rule));
  return (
    <>
      <h1 id="session-title">{t('session.changeTitle')}</h1>
      <p className="session-who"><strong>{person}</strong><span>{t('session.changeFor', { user })}</span></p>
      <p>{t('session.changeWhy')}</p>
      <div className="session-columns">
        <section className="session-rules" aria-label={t('session.rules')}>
          <p>{t('session.rules')}</p>
          <ul>
            {[...passwordRules, 'same' as const].map((rule) => (
              <li key={rule} data-met={met(rule)}>
                {met(rule) ? <Check aria-hidden size={16} strokeWidth={2.5} /> : <Circle aria-hidden size={16} strokeWidth={1.75} />}
                <span>{t(`session.rule.${rule}`, { length: minPasswordLength })}<span className="sr-only"> ({met(rule) ? t('session.ruleMet') : t('session.ruleOpen')})</span></span>
              </li>
            ))}
          </ul>
          <p className="quiet">{t('session.advice')}</p>
        </section>
        <div className="session-fields">
          {asked && (
            <PasswordField label={t('session.present')} value={typed} onChange={(value) => { setTyped(value); if (isPresentWrong) change.clear(); }} onEnter={() => void submit()} error={isPresentWrong ? t('session.presentWrong') : pressed && present === '' ? t('session.needPassword') : undefined} locked={busy} inputRef={presentField} />
          )}
          <PasswordField label={t('session.new')} autoComplete="new-password" value={next} onChange={setNext} onEnter={() => void submit()} error={pressed && broken.length > 0 ? t('session.needRules') : undefined} locked={busy} inputRef={nextField} />
          <PasswordField label={t('session.again')} autoComplete="new-password" value={again} onChange={setAgain} onEnter={() => void submit()} error={pressed && broken.length === 0 && !same ? t('session.needAgain') : undefined} locked={busy} inputRef={againField} />
          {/* the field may have the focus already, and is then not read out anew */}
          <p className="sr-only" role="alert">{isPresentWrong && t('session.presentWrong')}</p>
          <ErrorNote error={isPresentWrong ? null : change.error} />
        </div>
      </div>
      <Button kind="strong" size="tall" wide icon={KeyRound} disabled={busy} onPress={() => void submit()}>{change.busy ? t('session.changing') : t('session.change')}</Button>
      <Button icon={ArrowLeft} disabled={busy} onPress={() => void cancel.run({})}>{t('session.back')}</Button>
    </>
  );
}
