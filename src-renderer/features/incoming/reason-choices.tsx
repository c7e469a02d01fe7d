import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';

const choices = ['registering.ready.phoned', 'registering.ready.paper', 'registering.ready.promised'] as const;

/** Reasons that an office gives every day, a press away. What is pressed joins what is written, and can be changed there. */
export function ReasonChoices({ reason, onChange }: { readonly reason: string; readonly onChange: (reason: string) => void }) {
  const t = useT();
  const left = choices.map((key) => t(key)).filter((words) => !reason.includes(words));
  if (left.length === 0) return null;
  return (
    <div className="phrases" role="group" aria-label={t('registering.ready')}>
      <span className="quiet">{t('registering.ready')}</span>
      {left.map((words) => <Button key={words} size="small" onPress={() => onChange([reason.trim(), words].filter(Boolean).join(' '))}>{words}</Button>)}
    </div>
  );
}
