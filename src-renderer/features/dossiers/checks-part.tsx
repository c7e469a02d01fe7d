import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { RefObject } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { hrefOf } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';

export type Checks = Output<'dossiers.read'>['checks'];
/** As many as are named; the others have the same to be done about them. */
const mostNamed = 5;

type ChecksPartProps = { readonly checks: Checks; readonly documents: readonly DocumentState[]; readonly innerRef?: RefObject<HTMLElement | null> };

/** What stands in the way of closing, what should be looked at first, and what to do about each. */
export function ChecksPart({ checks, documents, innerRef }: ChecksPartProps) {
  const t = useT();
  return (
    <section ref={innerRef} tabIndex={-1} className="dossier-checks" aria-label={t('dossier.checks')}>
      <h2>{t('dossier.checks')}</h2>
      {checks.length === 0 && <p className="dossier-fine"><CircleCheck aria-hidden size={18} strokeWidth={1.75} />{t('dossier.checksFine')}</p>}
      <ul>{checks.map((check) => <Check key={check.check} check={check} documents={documents} />)}</ul>
    </section>
  );
}

function Check({ check: { check, blocks, documents: ids }, documents }: { readonly check: Checks[number]; readonly documents: readonly DocumentState[] }) {
  const t = useT();
  const Icon = blocks ? CircleAlert : TriangleAlert;
  const found = documents.filter(({ id }) => ids.includes(id)).slice(0, mostNamed);
  return (
    <li className={blocks ? 'dossier-check-blocks' : 'dossier-check-warns'}>
      <Icon aria-hidden size={18} strokeWidth={1.75} />
      <div>
        <strong>{t(`dossier.check.${check}`, { count: ids.length })}</strong>
        <p>{t(`dossier.fix.${check}`)}</p>
        {found.length > 0 && <ul className="dossier-links">{found.map((one) => <li key={one.id}><a href={hrefOf(one.direction, one.id)} aria-label={t('dossier.openDocument', { title: one.title })}>{one.title}</a></li>)}</ul>}
      </div>
    </li>
  );
}
