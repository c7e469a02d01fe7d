import type { palette as vi } from '../vi/palette.ts';

export const palette: Readonly<Record<keyof typeof vi, string>> = {};
