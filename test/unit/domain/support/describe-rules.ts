import { commandRules, versionGroup, type CommandRule } from '../../../../src-shared/domain/command-rules.ts';
import { incomingStages, outgoingStages, type DocumentCommandType, type Stage } from '../../../../src-shared/domain/document.ts';
import { roles } from '../../../../src-shared/domain/organization.ts';
import { vi } from '../../../../src-renderer/i18n/vi.ts';
import { decide } from '../../../support/rules.ts';
import { actorOf, bodies, commandOf, logs, stateAt, unit } from './office-world.ts';

const words = vi as unknown as Readonly<Record<string, string>>;
const stageWord = (stage: Stage): string => words[`stage.${stage}`] ?? stage;
const roleWords: Readonly<Record<string, string>> = { clerk: 'văn thư', leader: 'lãnh đạo', officer: 'chuyên viên', administrator: 'quản trị' };
const end: ReadonlySet<Stage> = new Set(['sent', 'finished', 'refused', 'sent-back', 'recalled', 'replaced', 'voided']);

/** docs/office-rules.md, made of the rules themselves. `node test/unit/domain/support/write-rules.ts` writes it. */
export function describeRules(): string {
  const types = Object.keys(commandRules) as DocumentCommandType[];
  const commands = types.map((type) => {
    const rule: CommandRule = commandRules[type];
    const group = versionGroup(type);
    return `| ${words[`command.${type}`] ?? type} (\`${type}\`) | ${rule.roles.map((role) => roleWords[role]).join(', ')} | ${rule.stages.map(stageWord).join(', ') || 'chưa có văn bản'} | ${rule.article} | ${group === null ? 'cùng tồn tại' : group === 'assignment' ? 'phân công' : 'văn bản'} |`;
  });
  const table = (direction: 'outgoing' | 'incoming'): string[] => {
    const stages: readonly Stage[] = direction === 'outgoing' ? outgoingStages : incomingStages;
    return stages.map((stage) => {
      const state = stateAt(logs[direction][stage] ?? []);
      const next = types.flatMap((type) => {
        const may = roles.filter((role) => decide(state, commandOf(actorOf(role), state, bodies[type]), { unit }).ok);
        return may.length === 0 || type === 'comment' ? [] : [`${words[`command.${type}`] ?? type} (${may.map((role) => roleWords[role]).join(', ')})`];
      });
      return `| ${stageWord(stage)}${end.has(stage) ? ' · kết thúc' : ''} | ${next.join('; ') || '—'} |`;
    });
  };
  return [
    '# What an office may do, and when',
    '',
    'Made of the rules in `src-shared/domain` by `node test/unit/domain/support/write-rules.ts`, and held to them by `test/unit/domain/every-command.test.ts`. Client and server run the same rules; the server has the last word.',
    '',
    '| Việc | Ai | Ở bước | Căn cứ | Hai người cùng làm |',
    '|---|---|---|---|---|',
    ...commands,
    '',
    '*Hai người cùng làm*: **văn bản** and **phân công** are counters; a deed made against an older one is shown side by side with the newer one and never laid over it. **Cùng tồn tại**: both stand.',
    '',
    '## Văn bản đi',
    '',
    '| Bước | Làm được gì tiếp |',
    '|---|---|',
    ...table('outgoing'),
    '',
    '## Văn bản đến',
    '',
    '| Bước | Làm được gì tiếp |',
    '|---|---|',
    ...table('incoming'),
    '',
  ].join('\n');
}
