import { Check, X } from 'lucide-react';
import { useT } from '../i18n/context.tsx';
import type { Step } from './step.ts';

/** A line of steps, read from top to bottom; what is said by shape is also said in words. */
export function StepLine({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  const t = useT();
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step, index) => (
        <li key={`${index} ${step.label}`} className={`step step-${step.state}`} aria-current={step.state === 'current' ? 'step' : undefined}>
          <span className="step-mark" aria-hidden>
            {step.state === 'done' ? <Check size={14} strokeWidth={2.25} /> : step.state === 'stopped' ? <X size={14} strokeWidth={2.25} /> : index + 1}
          </span>
          <span className="step-words">
            <strong>{step.label}</strong>
            {step.state === 'done' && <span className="sr-only"> ({t('steps.done')})</span>}
            {step.detail && <span className="step-detail">{step.detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
