import type { tokens as vi } from '../vi/tokens.ts';

export const tokens: Readonly<Record<keyof typeof vi, string>> = {};
