import { Copy, MessageSquareText, Paperclip, Stamp, type LucideIcon } from 'lucide-react';
import type { MarkKind } from '../../../src-shared/domain/mark.ts';

export const markIcons = { incoming: Stamp, copy: Copy, appendix: Paperclip, comment: MessageSquareText } as const satisfies Record<MarkKind, LucideIcon>;
