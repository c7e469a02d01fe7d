import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { AuditAnchor, AuditFault } from '../../src-shared/protocol/audit-chain.ts';
import { verifyAudit } from '../features/audit/chain.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';

export type AuditVerifyOptions = { readonly file: string; readonly expect: readonly AuditAnchor[] };

/** Judges an export of a desk's audit, or of the server's. 0 whole, 1 not whole, 2 no such file or no audit. */
export async function verifyAuditFile({ file, expect }: AuditVerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const lines: string[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) lines.push(line);
  } catch {
    return refuse(terminal, { code: 'file.unreadable', params: { path: file } });
  }
  const { faults, lines: count, head, first, opensInside } = verifyAudit(lines, expect);
  for (const fault of faults) terminal.out(wordsOf(fault));
  if (head === null) {
    terminal.out('Tệp không có dòng nhật ký nào. · There is no line of an audit in it.');
    return 1;
  }
  if (opensInside) terminal.out(`Tệp bắt đầu từ dòng ${first}; phần trước không có trong tệp. · It begins at line ${first}; what came before is not in it.`);
  terminal.out(faults.length === 0 ? `Nguyên vẹn: ${count} dòng. · Whole: ${count} lines.` : `KHÔNG NGUYÊN VẸN: ${faults.length} chỗ sai trong ${count} dòng. · NOT WHOLE: ${faults.length} faults in ${count} lines.`);
  terminal.out(`Dòng cuối · Last line ${head.seq}:${head.hash}`);
  return faults.length === 0 ? 0 : 1;
}

function wordsOf(fault: AuditFault): string {
  switch (fault.kind) {
    case 'unreadable': return `Dòng ${fault.line} của tệp không đọc được · line ${fault.line} of the file is no line of an audit`;
    case 'missing': return `Thiếu dòng ${fault.from}–${fault.to} · lines ${fault.from} to ${fault.to} are missing`;
    case 'inserted': return `Dòng ${fault.seq} được thêm vào · line ${fault.seq} was put in`;
    case 'changed': return `Dòng ${fault.seq} đã bị sửa, hoặc dòng trước nó bị bớt · line ${fault.seq} was changed, or the one before it taken out`;
    case 'anchor': return `Dòng ${fault.seq} không còn là dòng đã ghi lại · line ${fault.seq} is not the one that was written down`;
  }
}
