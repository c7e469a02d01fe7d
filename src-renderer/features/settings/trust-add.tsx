import { FilePlus2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { TrustCandidate } from '../../../src-shared/contract/trust.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useAction, useBridge } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { TrustAddDialog } from './trust-add-dialog.tsx';

/** A file of certificates is small; what is larger is something else, and is not carried over. */
const maxFileBytes = 2_000_000;

type Chosen = { readonly name: string; readonly bytes: Uint8Array; readonly candidates: readonly TrustCandidate[] };

/** Chooses a file; what it holds is looked at before anything of it is believed. */
export function TrustAdd() {
  const t = useT();
  const id = useId();
  const say = useToast();
  const bridge = useBridge();
  const add = useAction('trust.add');
  const remove = useAction('trust.remove');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [refused, setRefused] = useState<AppError | null>(null);

  async function choose(file: File): Promise<void> {
    setRefused(null);
    if (file.size > maxFileBytes) return setRefused({ code: 'trust.no-certificate' });
    const bytes = new Uint8Array(await file.arrayBuffer());
    const name = file.name.slice(-200);
    const result = await bridge['trust.examine']({ file: { name, bytes } });
    if (result.ok) setChosen({ name, bytes, candidates: result.value.candidates });
    else setRefused(result.error);
  }

  async function take({ name, bytes }: Chosen, thumbprints: readonly string[]): Promise<void> {
    const result = await add.run({ file: { name, bytes }, thumbprints: [...thumbprints] });
    if (!result.ok) return;
    close();
    say(t('trust.added', { count: thumbprints.length }), { label: t('undo.button'), run: () => void undo(thumbprints) });
  }

  async function undo(thumbprints: readonly string[]): Promise<void> {
    for (const thumbprint of thumbprints) await remove.run({ thumbprint });
  }

  function close(): void {
    add.clear();
    setChosen(null);
  }

  return (
    <div className="trust-add">
      <span className="file-button">
        <label htmlFor={id}><FilePlus2 aria-hidden size={18} strokeWidth={1.75} />{t('trust.add')}</label>
        <input
          id={id}
          type="file"
          accept=".crt,.cer,.pem,.der,.p7b,.p7c"
          disabled={add.busy}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) void choose(file);
          }}
        />
      </span>
      <span className="quiet">{t('trust.addHelp')}</span>
      <ErrorNote error={refused ?? remove.error} />
      {chosen && <TrustAddDialog file={chosen.name} candidates={chosen.candidates} busy={add.busy} error={add.error} onAdd={(thumbprints) => void take(chosen, thumbprints)} onClose={close} />}
    </div>
  );
}
