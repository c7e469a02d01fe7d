import type { CommandType } from '../../src-shared/domain/document.ts';
import type { AppError } from '../../src-shared/result.ts';

/**
 * Whether a refusal is a clash that a person should see side by side: another did something first (sync.md rule 7). A number that was refused, a role
 * that was taken away or a file that the server will not have are no clash, and stay in the outbox alone. Long-term data was added by nobody.
 */
export function isClash(type: CommandType, error: AppError): boolean {
  if (type === 'augment') return false;
  return error.code === 'sync.conflict' || error.code === 'workflow.wrong-stage' || (error.code === 'not-found' && type !== 'draft');
}
