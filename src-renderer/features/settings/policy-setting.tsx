import { useState } from 'react';
import type { SigningPolicy } from '../../../src-shared/contract/signing.ts';
import { signatureLevels } from '../../../src-shared/domain/level.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { RadioGroup, SegmentedControl } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';

/** How this office signs: what a signature should carry, and where the services for it are. A choice is in force at once, an address when it is set. */
export function PolicySetting() {
  const t = useT();
  const { data: policy, error } = useQuery('signing.policy', {});
  return (
    <section className="settings-part" aria-label={t('policy.title')}>
      <h2>{t('policy.title')}</h2>
      <ErrorNote error={error} />
      {policy && <Policy policy={policy} />}
    </section>
  );
}

function Policy({ policy }: { readonly policy: SigningPolicy }) {
  const t = useT();
  const say = useToast();
  const set = useAction('signing.setPolicy');
  const [tsaUrl, setTsaUrl] = useState(policy.tsaUrl);
  const [proxyUrl, setProxyUrl] = useState(policy.proxyUrl);
  const altered = tsaUrl.trim() !== policy.tsaUrl || proxyUrl.trim() !== policy.proxyUrl;

  async function change(patch: Partial<SigningPolicy>): Promise<void> {
    const result = await set.run({ ...policy, ...patch });
    if (!result.ok) return;
    setTsaUrl(result.value.tsaUrl);
    setProxyUrl(result.value.proxyUrl);
    say(t('policy.saved'), { label: t('undo.button'), run: () => void set.run(policy).then((undone) => {
      if (!undone.ok) return;
      setTsaUrl(undone.value.tsaUrl);
      setProxyUrl(undone.value.proxyUrl);
    }) });
  }
  const saveAddresses = (): void => {
    if (altered) void change({ tsaUrl: tsaUrl.trim(), proxyUrl: proxyUrl.trim() });
  };

  return (
    <>
      <RadioGroup label={t('policy.level')} value={policy.level} disabled={set.busy} onChange={(level) => void change({ level })} options={signatureLevels.map((value) => ({ value, label: t(`policy.level.${value}`), detail: t(`policy.levelHelp.${value}`) }))} />
      {policy.level !== 'B-B' && policy.tsaUrl === '' && <Note tone="warn">{t('policy.noTsa')}</Note>}
      <div className="policy-addresses">
        <TextField label={t('policy.tsa')} value={tsaUrl} maxLength={300} onChange={setTsaUrl} onEnter={saveAddresses} help={t('policy.tsaHelp')} />
        <TextField label={t('policy.proxy')} value={proxyUrl} maxLength={300} onChange={setProxyUrl} onEnter={saveAddresses} help={t('policy.proxyHelp')} />
        {altered && <div><Button kind="strong" disabled={set.busy} onPress={saveAddresses}>{t('policy.save')}</Button></div>}
      </div>
      <ErrorNote error={set.error} />
      <details className="policy-more">
        <summary>{t('policy.more')}</summary>
        <SegmentedControl label={t('policy.digest')} value={policy.digest} onChange={(digest) => void change({ digest })} options={(['sha256', 'sha384', 'sha512'] as const).map((value) => ({ value, label: t(`policy.digest.${value}`) }))} />
        <p className="quiet">{t('policy.digestHelp')}</p>
      </details>
    </>
  );
}
