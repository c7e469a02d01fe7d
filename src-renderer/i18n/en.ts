import { documents } from './en/documents.ts';
import { forms } from './en/forms.ts';
import { issuing } from './en/issuing.ts';
import { kit } from './en/kit.ts';
import { lists } from './en/lists.ts';
import { marking } from './en/marking.ts';
import { outbox } from './en/outbox.ts';
import { palette } from './en/palette.ts';
import { session } from './en/session.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { signing } from './en/signing.ts';
import { tokens } from './en/tokens.ts';
import { trust } from './en/trust.ts';
import { verification } from './en/verification.ts';
import { viewer } from './en/viewer.ts';
import type { vi } from './vi.ts';

export const en: Readonly<Record<keyof typeof vi, string>> = { ...documents, ...forms, ...issuing, ...kit, ...lists, ...marking, ...outbox, ...palette, ...session, ...settings, ...shell, ...signing, ...tokens, ...trust, ...verification, ...viewer };
