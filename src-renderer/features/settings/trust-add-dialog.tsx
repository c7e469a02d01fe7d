import { CircleSlash, ListChecks } from 'lucide-react';
import { useId, useState } from 'react';
import type { TrustCandidate } from '../../../src-shared/contract/trust.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { Validity } from './trust-certificate.tsx';

type TrustAddDialogProps = {
  readonly file: string;
  readonly candidates: readonly TrustCandidate[];
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly onAdd: (thumbprints: readonly string[]) => void;
  readonly onClose: () => void;
};

const fits = ({ known, problem }: TrustCandidate): boolean => !known && problem === null;

/** What a file holds, what believing it means, and the fingerprint to compare: nothing is taken before somebody says that it was compared. */
export function TrustAddDialog({ file, candidates, busy, error, onAdd, onClose }: TrustAddDialogProps) {
  const t = useT();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [compared, setCompared] = useState(false);
  const [asked, setAsked] = useState(false);
  const offered = candidates.filter(fits);
  const wanted = offered.filter(({ thumbprint }) => !left.has(thumbprint));
  const rooted = wanted.some(({ role }) => role === 'anchor');
  const missing = asked && rooted && !compared;

  function choose(thumbprint: string, on: boolean): void {
    const next = new Set(left);
    if (on) next.delete(thumbprint);
    else next.add(thumbprint);
    setLeft(next);
  }

  function confirm(): void {
    setAsked(true);
    if (!rooted || compared) onAdd(wanted.map(({ thumbprint }) => thumbprint));
  }

  return (
    <Dialog
      title={t('trust.addTitle')}
      size="wide"
      onClose={onClose}
      locked={busy}
      actions={
        <>
          <Button disabled={busy} onPress={onClose}>{t('action.cancel')}</Button>
          {offered.length > 0 && <Button kind="strong" disabled={busy || wanted.length === 0} onPress={confirm}>{t('trust.addConfirm')}</Button>}
        </>
      }
    >
      <p>{t('trust.addFrom', { file })}</p>
      <ul className="trust-list">
        {candidates.map((each) => <Candidate key={each.thumbprint} candidate={each} chosen={fits(each) && !left.has(each.thumbprint)} busy={busy} onChoose={(on) => choose(each.thumbprint, on)} />)}
      </ul>
      {offered.length === 0 && <Note tone="warn">{t('trust.addNothing')}</Note>}
      {rooted && (
        <>
          <Note tone="warn" title={t('trust.meaningTitle')}>
            <p>{t('trust.meaning')}</p>
            <p>{t('trust.compare')}</p>
          </Note>
          <div className="trust-compared">
            <Checkbox checked={compared} disabled={busy} faulty={missing} onChange={setCompared}>{t('trust.compared')}</Checkbox>
            {missing && <p role="alert" className="field-below trust-needed">{t('trust.comparedNeeded')}</p>}
          </div>
        </>
      )}
      <ErrorNote error={error} />
    </Dialog>
  );
}

type CandidateProps = { readonly candidate: TrustCandidate; readonly chosen: boolean; readonly busy: boolean; readonly onChoose: (on: boolean) => void };

function Candidate({ candidate, chosen, busy, onChoose }: CandidateProps) {
  const t = useT();
  const id = useId();
  const { commonName, organization, issuer, role, notAfter, thumbprint, known, problem } = candidate;
  const name = commonName || t('trust.unreadableName');
  return (
    <li className="trust-certificate">
      <div className="trust-head">
        {fits(candidate) ? <Checkbox checked={chosen} disabled={busy} onChange={onChoose}><strong id={id}>{name}</strong></Checkbox> : <strong id={id}>{name}</strong>}
        {problem !== 'unreadable' && problem !== 'not-ca' && <Pill tone="neutral">{t(`trust.group.${role}`)}</Pill>}
        {known && <Pill tone="ok" icon={ListChecks}>{t('trust.known')}</Pill>}
        {notAfter !== '' && <Validity notAfter={notAfter} />}
      </div>
      {problem !== 'unreadable' && <p className="quiet">{[organization === commonName ? '' : organization, role === 'intermediate' && t('trust.issuedBy', { issuer })].filter(Boolean).join(' · ')}</p>}
      {problem !== null && <p className="trust-fault"><CircleSlash aria-hidden size={16} strokeWidth={1.75} />{t(`trust.fault.${problem}`)}</p>}
      {problem === null && <Fingerprint thumbprint={thumbprint} name={name} nameId={id} />}
    </li>
  );
}
