import { ok } from '../../../src-shared/result.ts';
import type { SettingsPort } from '../../ports/settings.ts';
import type { Handlers } from '../handlers.ts';

export function settingsHandlers(settings: SettingsPort): Pick<Handlers, 'settings.read' | 'settings.write'> {
  return {
    'settings.read': () => ok(settings.read()),
    'settings.write': (patch) => ok(settings.write(patch)),
  };
}
