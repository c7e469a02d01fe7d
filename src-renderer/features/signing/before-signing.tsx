import { Archive, Award, LockKeyhole } from 'lucide-react';
import { useT } from '../../i18n/context.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Note } from '../../ui/note.tsx';
import type { Before } from './use-before-signing.ts';

/** Who certified the file, how it is protected, what form it keeps, and what was changed after an earlier signature. */
export function BeforeSigning({ state, alone = false }: { readonly state: Before; /** Changes cannot be accepted here: the document is signed by itself. */ readonly alone?: boolean }) {
  const t = useT();
  const { inspection } = state;
  if (!inspection) return null;
  const { certified, protection, pdfA, changedSince } = inspection;
  if (!certified && protection === 'none' && pdfA === null && !changedSince) return null;
  return (
    <section className="before" aria-label={t('before.heading')}>
      <h2>{t('before.heading')}</h2>
      {changedSince && (
        <div ref={state.box} className="before-changed">
          <Note tone="warn" title={t('before.changed', { signer: changedSince.signer })}>
            <ul>{changedSince.details.map((detail) => <li key={detail}>{detail}</li>)}</ul>
            {alone ? <p>{t('before.alone')}</p> : (
              <Checkbox checked={state.ticked} faulty={state.missing} onChange={state.tick}>{t('before.accept', { signer: changedSince.signer })}</Checkbox>
            )}
            {state.missing && <p role="alert" className="field-fault">{t('before.mustAccept')}</p>}
          </Note>
        </div>
      )}
      <ul className="before-facts">
        {certified && <li><Award aria-hidden size={16} strokeWidth={1.75} /><span>{t(`before.certified.${certified.level}`, { by: certified.by })}</span></li>}
        {protection !== 'none' && <li><LockKeyhole aria-hidden size={16} strokeWidth={1.75} /><span>{t(`before.protection.${protection}`)}</span></li>}
        {pdfA !== null && <li><Archive aria-hidden size={16} strokeWidth={1.75} /><span>{t('before.pdfA', { part: pdfA })}</span></li>}
      </ul>
    </section>
  );
}
