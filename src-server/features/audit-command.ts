import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readAnchor, writeAuditLine, type AuditFault, type AuditLine } from '../../src-shared/protocol/audit-chain.ts';
import { verifyAudit } from './audit.ts';

const usage = `van-thu-server audit verify FILE [--expect NUMBER:HASH]
van-thu-server audit export [--after NUMBER]

The audit is a chain: each line carries a hash over itself and the line before. "export" writes it as JSON lines; "verify" names every line of an export
that was changed, put in or taken out.
Whoever can write the whole chain anew makes one that is whole in itself. So write down, on paper or elsewhere, the number and the hash that "verify" ends with,
and give them to the next one:
  --expect NUMBER:HASH   this line is to be there as it was (may be given again); also the line before an export that begins later
  --after NUMBER         only what came after this line
  --help                 this text
`;

type AuditIo = {
  /** The server's own audit after a number; null where no storage is at hand, and then nothing can be exported. */
  readonly read: ((after: number) => AsyncIterable<AuditLine>) | null;
};

/** `argv`: what follows `audit`. Answers the exit code: 0 in order, 1 it is not, 2 wrong usage or no such file. */
export async function runAudit(argv: readonly string[], out: (text: string) => void, { read }: AuditIo = { read: null }): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], allowPositionals: true, options: { expect: { type: 'string', multiple: true }, after: { type: 'string' }, help: { type: 'boolean' } } });
  } catch (error) {
    out(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  const { values, positionals: [what, file, ...more] } = parsed;
  if (values.help === true) {
    out(usage);
    return 0;
  }
  const anchors = (values.expect ?? []).map(readAnchor);
  const after = Number(values.after ?? 0);
  if (what === 'export' && file === undefined && read !== null && Number.isSafeInteger(after) && after >= 0) {
    for await (const line of read(after)) out(writeAuditLine(line));
    return 0;
  }
  if (what !== 'verify' || file === undefined || more.length > 0 || anchors.includes(null)) {
    out(usage);
    return 2;
  }
  const lines: string[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) lines.push(line);
  } catch {
    out(`${file} cannot be read\n`);
    return 2;
  }
  const verdict = verifyAudit(lines, anchors.filter((each) => each !== null));
  for (const fault of verdict.faults) out(`${wordsOf(fault)}\n`);
  if (verdict.head === null) {
    out('There is no line of an audit in it.\n');
    return 1;
  }
  if (verdict.opensInside) out(`It begins at number ${verdict.first}: what came before is not in this file, and its first line cannot be judged without --expect ${Number(verdict.first) - 1}:HASH.\n`);
  out(verdict.faults.length === 0 ? `In order: ${verdict.lines} lines.\n` : `NOT IN ORDER: ${verdict.faults.length} faults in ${verdict.lines} lines.\n`);
  out(`Last line ${verdict.head.seq}:${verdict.head.hash}\n`);
  return verdict.faults.length === 0 ? 0 : 1;
}

function wordsOf(fault: AuditFault): string {
  switch (fault.kind) {
    case 'unreadable': return `line ${fault.line} of the file is no line of an audit`;
    case 'missing': return fault.from === fault.to ? `number ${fault.from} is missing (before line ${fault.line} of the file)` : `numbers ${fault.from} to ${fault.to} are missing (before line ${fault.line} of the file)`;
    case 'inserted': return `number ${fault.seq} (line ${fault.line} of the file) was put in`;
    case 'changed': return `number ${fault.seq} (line ${fault.line} of the file) was changed, or the one before it was taken out`;
    case 'anchor': return `number ${fault.seq} (line ${fault.line} of the file) is not the line that was written down`;
  }
}
