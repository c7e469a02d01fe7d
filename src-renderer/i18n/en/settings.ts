import type { settings as vi } from '../vi/settings.ts';

export const settings: Readonly<Record<keyof typeof vi, string>> = {};
