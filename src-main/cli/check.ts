import { join } from 'node:path';
import { checkProfile, type IntegrityFault } from '../store/integrity.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';

/** `profile`: the program's data folder. `keyVariable` names the variable with the data's key. */
export type CheckOptions = { readonly profile: string; readonly keyVariable: string; readonly json: boolean };

/** Reads all of a profile and changes nothing. 0 whole, 1 not whole, 2 cannot be opened. */
export function checkDesk({ profile, keyVariable, json }: CheckOptions, env: NodeJS.ProcessEnv, terminal: Terminal): ExitCode {
  const key = env[keyVariable] ?? '';
  if (!/^[0-9a-f]{64}$/i.test(key)) return refuse(terminal, { code: 'cli.usage', params: { what: `--key-env ${keyVariable}` } });
  const checked = checkProfile({ dir: join(profile, 'desk'), key: Buffer.from(key, 'hex') });
  if (!checked.ok) return refuse(terminal, checked.error);
  const { faults, contents, pieces, auditLines } = checked.value;
  if (json) terminal.out(JSON.stringify(checked.value));
  else {
    for (const fault of faults) terminal.out(wordsOf(fault));
    terminal.out(faults.length === 0
      ? `Nguyên vẹn: ${contents} nội dung (${pieces} phần), ${auditLines} dòng nhật ký. · Whole: contents ${contents}, pieces ${pieces}, audit lines ${auditLines}.`
      : 'KHÔNG NGUYÊN VẸN. Các tệp vẫn để nguyên như cũ; hãy giữ nguyên thư mục này và báo người quản trị. · NOT WHOLE. The files are as they were; keep this folder as it is and tell the administrator.');
  }
  return faults.length === 0 ? 0 : 1;
}

function wordsOf(fault: IntegrityFault): string {
  switch (fault.kind) {
    case 'unreadable': return `${fault.file}.db: có chỗ không đọc được, phần còn lại của tệp chưa xét · part cannot be read, the rest of it was not checked`;
    case 'structure': return `${fault.file}.db: cấu trúc sai ${fault.count} chỗ · faults of structure: ${fault.count}`;
    case 'link': return `${fault.file}.db: ${fault.count} dòng trỏ tới chỗ không còn · rows that point nowhere: ${fault.count}`;
    case 'content': return `Nội dung ${fault.sha256} bị hỏng · this content is damaged`;
    case 'piece': return `Phần ${fault.row} không thuộc nội dung nào bị hỏng · this piece, of no content, is damaged`;
    case 'audit': return `Nhật ký sai từ dòng ${fault.seq} · the audit is wrong from line ${fault.seq} on`;
  }
}
