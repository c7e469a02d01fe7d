import { Keyboard } from 'lucide-react';
import type { AppState } from '../../app/app-state.ts';
import { useSettings } from '../../app/settings.tsx';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { SegmentedControl, Switch } from '../../ui/choice.tsx';
import { LineSetting } from '../line/line-setting.tsx';
import { AuditSetting } from './audit-setting.tsx';
import { BackupSetting } from './backup-setting.tsx';
import { ImageSetting } from './image-setting.tsx';
import { LockSetting } from './lock-setting.tsx';
import { MachineSetting } from './machine-setting.tsx';
import { NoticeSetting } from './notice-setting.tsx';
import { PolicySetting } from './policy-setting.tsx';
import { Templates } from './templates.tsx';
import { TrustSetting } from './trust-setting.tsx';
import { UpdatesSetting } from './updates-setting.tsx';

/** How this person wants the program; every choice is in force at once, so there is nothing to save. */
export function SettingsScreen({ app, onKeys }: { readonly app: AppState; readonly onKeys: () => void }) {
  const t = useT();
  const { settings, change } = useSettings();
  return (
    <section className="settings" aria-label={t('nav.settings')}>
      <div className="list-heading"><h1>{t('nav.settings')}</h1><span>{t('settings.atOnce')}</span></div>
      <div className="settings-body">
        <section className="settings-part">
          <h2>{t('settings.display')}</h2>
          <SegmentedControl label={t('settings.textSize')} value={String(settings.textSize)} onChange={(size) => change({ textSize: Number(size) as typeof settings.textSize })} options={['100', '125', '150', '175'].map((value) => ({ value, label: t('settings.percent', { value }) }))} />
          <p className="settings-sample">{t('settings.sample')}</p>
          <SegmentedControl label={t('settings.theme')} value={settings.theme} onChange={(theme) => change({ theme })} options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.theme.${value}`) }))} />
          <SegmentedControl label={t('settings.contrast')} value={settings.contrast} onChange={(contrast) => change({ contrast })} options={(['system', 'normal', 'high'] as const).map((value) => ({ value, label: t(`settings.contrast.${value}`) }))} />
          <SegmentedControl label={t('settings.density')} value={settings.density} onChange={(density) => change({ density })} options={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`settings.density.${value}`) }))} />
          <SegmentedControl label={t('settings.motion')} value={settings.motion} onChange={(motion) => change({ motion })} options={(['system', 'reduced'] as const).map((value) => ({ value, label: t(`settings.motion.${value}`) }))} />
          <SegmentedControl label={t('settings.language')} value={settings.locale} onChange={(locale) => change({ locale })} options={[{ value: 'vi', label: t('settings.language.vi') }, { value: 'en', label: t('settings.language.en') }]} />
        </section>
        <section className="settings-part">
          <h2>{t('settings.keyboard')}</h2>
          <Switch on={settings.singleKeys} onChange={(singleKeys) => change({ singleKeys })} help={t('settings.singleKeysHelp')}>{t('settings.singleKeys')}</Switch>
          <div><Button icon={Keyboard} onPress={onKeys} shortcut="Ctrl /">{t('keys.title')}</Button></div>
        </section>
        <NoticeSetting />
        {app.practice === null && <LockSetting />}
        <LineSetting />
        <section className="settings-part">
          <h2>{t('settings.images')}</h2>
          <p className="quiet">{t('settings.imagesHelp')}</p>
          <div className="settings-images">
            <ImageSetting of="signature" />
            <ImageSetting of="seal" />
          </div>
        </section>
        <Templates />
        <PolicySetting />
        <TrustSetting />
        <BackupSetting />
        <UpdatesSetting />
        <MachineSetting />
        <AuditSetting />
        <section className="settings-part">
          <h2>{t('settings.about')}</h2>
          <dl className="facts">
            <div><dt>{t('settings.version')}</dt><dd>{app.version}</dd></div>
            <div><dt>{t('settings.person')}</dt><dd>{app.me.fullName}</dd></div>
            <div><dt>{t('settings.unit')}</dt><dd>{app.unit.name}</dd></div>
          </dl>
          <p className="quiet">{t('settings.kept')}</p>
        </section>
      </div>
    </section>
  );
}
