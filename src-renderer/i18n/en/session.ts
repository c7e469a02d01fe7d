import type { session as vi } from '../vi/session.ts';

export const session: Readonly<Record<keyof typeof vi, string>> = {};
