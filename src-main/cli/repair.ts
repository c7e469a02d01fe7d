import { openFileSource } from '../backend/file-source.ts';
import { createSigningEngine } from '../signing/engine.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';
import { isSameFile, writeNew } from './write-output.ts';

export type RepairOptions = { readonly input: string; readonly out: string };

/** A readable copy of a broken file that nobody has signed; the file itself stays as it is. */
export async function repairFile({ input, out }: RepairOptions, terminal: Terminal): Promise<ExitCode> {
  if (isSameFile(input, out)) return refuse(terminal, { code: 'signing.same-file', params: { path: out } });
  const source = openFileSource(input);
  if (!source.ok) return refuse(terminal, source.error);
  try {
    const repaired = createSigningEngine().repair(source.value);
    if (!repaired.ok) return refuse(terminal, repaired.error);
    const written = await writeNew(repaired.value, out);
    if (!written.ok) return refuse(terminal, written.error);
    terminal.out(JSON.stringify({ out, sizeBytes: repaired.value.length }));
    return 0;
  } finally {
    source.value.close();
  }
}
