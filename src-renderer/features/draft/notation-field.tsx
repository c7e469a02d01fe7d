import { CornerDownLeft } from 'lucide-react';
import type { DocumentKind } from '../../../src-shared/domain/document.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

type NotationFieldProps = { readonly kind: DocumentKind; readonly value: string; readonly onChange: (notation: string) => void; readonly disabled: boolean; readonly error: string | undefined };

/** Ký hiệu, with the one that this office gives to the type as a press away: it is offered and never written by itself, since a document goes out under it. */
export function NotationField({ kind, value, onChange, disabled, error }: NotationFieldProps) {
  const t = useT();
  const { data } = useQuery('documents.notation', { kind });
  const usual = data?.notation ?? null;
  return (
    <div className="notation-field">
      <TextField label={t('draft.notation')} maxLength={30} value={value} onChange={onChange} help={t('draft.notationHelp')} disabled={disabled} error={error} />
      {usual !== null && usual !== value.trim() && !disabled && <Button size="small" icon={CornerDownLeft} onPress={() => onChange(usual)}>{t('draft.notationUsual', { notation: usual })}</Button>}
    </div>
  );
}
