import { useSettings } from '../../app/settings.tsx';
import { useT } from '../../i18n/context.tsx';
import { SegmentedControl } from '../../ui/choice.tsx';

const minutes = [5, 10, 15] as const;

/** When the screen locks by itself. Minutes in between that an administrator has set are shown as the nearest. */
export function LockSetting() {
  const t = useT();
  const { settings, change } = useSettings();
  const shown = minutes.findLast((one) => one <= settings.lockMinutes) ?? 5;
  return (
    <section className="settings-part">
      <h2>{t('lock.setting')}</h2>
      <SegmentedControl label={t('lock.after')} value={String(shown)} onChange={(value) => change({ lockMinutes: Number(value) })} options={minutes.map((count) => ({ value: String(count), label: t('lock.minutes', { count }) }))} />
      <SegmentedControl label={t('lock.pull')} value={settings.tokenPull} onChange={(tokenPull) => change({ tokenPull })} options={(['nothing', 'lock', 'sign-out'] as const).map((value) => ({ value, label: t(`lock.pull.${value}`) }))} />
      <p className="quiet">{t('lock.settingHelp')}</p>
    </section>
  );
}
