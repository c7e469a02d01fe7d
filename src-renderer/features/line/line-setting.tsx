import { useRef, useState } from 'react';
import type { LinePolicy } from '../../../src-shared/contract/line.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { RadioGroup, Switch } from '../../ui/choice.tsx';
import { Select } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { UsageChart } from './usage-chart.tsx';

/** Where somebody who switches a limit on begins: about what a commune's day brings, and the night. */
const firstLimitMb = 200;
const firstHours = { from: '18:00', until: '06:00' } as const;

const contents = ['all', 'mine', 'on-opening'] as const satisfies readonly LinePolicy['contents'][];

/** Which files come by themselves, how many and when; and what was used. A choice is in force at once. */
export function LineSetting() {
  const t = useT();
  const { data: policy, error } = useQuery('line.policy', {});
  return (
    <section className="settings-part" aria-label={t('line.title')}>
      <h2>{t('line.title')}</h2>
      <p className="quiet">{t('line.intro')}</p>
      <ErrorNote error={error} />
      {policy && <Policy policy={policy} />}
      <UsageChart dailyMb={policy?.dailyMb ?? null} />
    </section>
  );
}

function Policy({ policy: known }: { readonly policy: LinePolicy }) {
  const t = useT();
  const say = useToast();
  const set = useAction('line.setPolicy');
  // What was chosen here and is not read back yet: the next choice goes on from it
  const [chosen, setChosen] = useState<LinePolicy | null>(null);
  const latest = useRef(known);
  if (chosen === null) latest.current = known;
  const policy = chosen ?? known;
  const { bulkHours: hours, dailyMb } = policy;

  async function put(next: LinePolicy): Promise<boolean> {
    latest.current = next;
    setChosen(next);
    const { ok } = await set.run(next);
    if (!ok && latest.current === next) setChosen(null);
    return ok;
  }

  /** Seen in the field itself, step by step; an emptied field leaves what was. */
  function limit(mb: number | null): void {
    if (mb !== null) void put({ ...latest.current, dailyMb: Math.round(mb) });
  }

  async function change(patch: Partial<LinePolicy>): Promise<void> {
    const before = latest.current;
    if (await put({ ...before, ...patch })) say(t('line.saved'), { label: t('undo.button'), run: () => void put(before) });
  }

  return (
    <>
      <RadioGroup label={t('line.contents')} value={policy.contents} onChange={(value) => void change({ contents: value })} options={contents.map((value) => ({ value, label: t(`line.contents.${value}`), detail: t(`line.contentsHelp.${value}`) }))} />
      <Switch on={policy.metered} onChange={(metered) => void change({ metered })} help={t('line.meteredHelp')}>{t('line.metered')}</Switch>
      {policy.metered && policy.contents !== 'on-opening' && <Note tone="info">{t('line.meteredNow')}</Note>}
      <div className="line-choice">
        <Switch on={dailyMb !== null} onChange={(on) => void change({ dailyMb: on ? firstLimitMb : null })} help={t('line.limitHelp')}>{t('line.limit')}</Switch>
        {dailyMb !== null && (
          <div className="line-choice-fields">
            <NumberField label={t('line.dailyMb')} unit="MB" value={dailyMb} min={1} max={1_000_000} step={1} onChange={limit} />
          </div>
        )}
      </div>
      <div className="line-choice">
        <Switch on={hours !== null} onChange={(on) => void change({ bulkHours: on ? firstHours : null })} help={t('line.hoursHelp')}>{t('line.hours')}</Switch>
        {hours && (
          <div className="line-choice-fields">
            <Select label={t('line.from')} value={hours.from} options={hoursWith(hours.from)} onChange={(from) => void change({ bulkHours: { ...hours, from } })} />
            <Select label={t('line.until')} value={hours.until} options={hoursWith(hours.until)} onChange={(until) => void change({ bulkHours: { ...hours, until } })} />
          </div>
        )}
      </div>
      <ErrorNote error={set.error} />
    </>
  );
}

/** Every half hour, and whatever else was set before. */
function hoursWith(own: string): readonly { readonly value: string; readonly label: string }[] {
  const halves = Array.from({ length: 48 }, (_, at) => `${String(Math.floor(at / 2)).padStart(2, '0')}:${at % 2 === 0 ? '00' : '30'}`);
  return [...new Set([...halves, own])].sort().map((value) => ({ value, label: value }));
}
