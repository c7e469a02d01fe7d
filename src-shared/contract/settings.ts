import { z } from 'zod';
import { call } from './define.ts';

/** How this person wants the program to look and behave on this machine. Every part has a default, so that an older or torn file still opens. */
export const settings = z.object({
  locale: z.enum(['vi', 'en']).catch('vi'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  contrast: z.enum(['system', 'normal', 'high']).catch('system'),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  /** Per cent of the normal size of type. */
  textSize: z.union([z.literal(100), z.literal(125), z.literal(150), z.literal(175)]).catch(100),
  motion: z.enum(['system', 'reduced']).catch('system'),
  /** Single letters as commands: off unless asked for, since UniKey re-injects what is typed. */
  singleKeys: z.boolean().catch(false),
  /** System notices of new documents; they carry a count, never a title. */
  notices: z.boolean().catch(true),
  /** So many minutes without a key or the pointer, and the screen locks. */
  lockMinutes: z.int().min(5).max(15).catch(10),
  /** When the token that opened the desk is pulled out: `nothing` unless the office wants it otherwise. */
  tokenPull: z.enum(['nothing', 'lock', 'sign-out']).catch('nothing'),
  /** Widths that the person gave to panes, px at 100 %, by the screen's own name. */
  panes: z.record(z.string().max(40), z.number().min(120).max(2000)).catch({}),
});
export type Settings = z.output<typeof settings>;
export const defaultSettings: Settings = settings.parse({});

export const settingsCalls = {
  'settings.read': call(z.object({}), settings),
  /** Only what is given changes. */
  'settings.write': call(
    z.object({
      locale: z.enum(['vi', 'en']), theme: z.enum(['system', 'light', 'dark']), contrast: z.enum(['system', 'normal', 'high']), density: z.enum(['comfortable', 'compact']),
      textSize: z.union([z.literal(100), z.literal(125), z.literal(150), z.literal(175)]), motion: z.enum(['system', 'reduced']), singleKeys: z.boolean(), notices: z.boolean(),
      lockMinutes: z.int().min(5).max(15), tokenPull: z.enum(['nothing', 'lock', 'sign-out']),
      panes: z.record(z.string().max(40), z.number().min(120).max(2000)),
    }).partial(),
    settings,
  ),
} as const;

export const settingsEvents = { 'settings.changed': settings } as const;
