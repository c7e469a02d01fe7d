import { useState } from 'react';
import { useSettings } from '../../app/settings.tsx';
import { useT } from '../../i18n/context.tsx';
import { Switch } from '../../ui/choice.tsx';
import { Note } from '../../ui/note.tsx';

/** System notices need the system's leave as well; where it was refused, that is said instead of a switch that does nothing. */
export function NoticeSetting() {
  const t = useT();
  const { settings, change } = useSettings();
  const [refused, setRefused] = useState('Notification' in window && Notification.permission === 'denied');

  async function set(notices: boolean): Promise<void> {
    change({ notices });
    if (notices && 'Notification' in window && Notification.permission === 'default') setRefused((await Notification.requestPermission()) === 'denied');
  }

  return (
    <section className="settings-part">
      <h2>{t('settings.notices')}</h2>
      <Switch on={settings.notices} onChange={(on) => void set(on)} help={t('settings.noticesHelp')}>{t('settings.noticesOn')}</Switch>
      {settings.notices && refused && <Note tone="warn">{t('settings.noticesRefused')}</Note>}
    </section>
  );
}
