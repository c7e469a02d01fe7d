import type { Input } from '../../../src-shared/contract/index.ts';
import { useMadeFile, type FileDeeds } from '../../app/use-made-file.ts';
import { useBridge } from '../../bridge/use-query.ts';

/** A register as a file, of the part that is asked for. */
export function useRegisterFile(asked: Omit<Input<'registers.export'>, 'format'>): FileDeeds {
  const bridge = useBridge();
  return useMadeFile((format) => bridge['registers.export']({ ...asked, format }));
}
