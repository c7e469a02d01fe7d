import type { kit as vi } from '../vi/kit.ts';

export const kit: Readonly<Record<keyof typeof vi, string>> = {};
