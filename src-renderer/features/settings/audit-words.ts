import type { AuditRow } from '../../../src-shared/contract/audit.ts';
import type { MessageKey, Translate } from '../../i18n/translate.ts';
import { vi } from '../../i18n/vi.ts';
import { isKnownCommand, wordsOfCommand } from '../outbox/command-words.ts';

/** What was done, as the rest of the program says it. What a newer version wrote is shown by its name. */
export function wordsOfDeed({ action, detail }: Pick<AuditRow, 'action' | 'detail'>, t: Translate): string {
  if (action === 'token.used') return t(detail['ok'] === true ? 'audit.token.used' : detail['code'] === 'token.pin-wrong' ? 'audit.token.wrongPin' : 'audit.token.refused');
  const key = `audit.deed.${action}`;
  if (Object.hasOwn(vi, key)) return t(key as MessageKey);
  return isKnownCommand(action) ? wordsOfCommand(action, t) : action;
}

/** What it was done to: the document or dossier by its title, a certificate by the beginning of its thumbprint. */
export function wordsOfSubject({ action, subject, about, detail }: Pick<AuditRow, 'action' | 'subject' | 'about' | 'detail'>, t: Translate): string {
  if (about !== '') return about;
  if (action === 'token.used') return t('audit.certificate', { print: subject.slice(0, 8) });
  if (action === 'signature.made') return t('audit.certificate', { print: String(detail['certificate'] ?? '').slice(0, 8) });
  if (action === 'registers.export' || action === 'registers.close') return subject;
  return action === 'desk.opened' || action === 'desk.closed' ? t('audit.version', { version: subject }) : '';
}
