import type { Bridge, Input, Output } from '../../../src-shared/contract/index.ts';
import type { Result } from '../../../src-shared/result.ts';

// Half of the largest slice: base64 on the browser shell's door makes it a third longer again.
const sliceBytes = 512 * 1024;

type Taken = Result<Output<'content.finishImport'>>;

/** Hands a chosen file to the backend slice by slice, so that a 500 MB scan never lies whole in this process. Null: it was left before its end, and nothing of it is kept. */
export async function importFile(bridge: Bridge, file: File, as: NonNullable<Input<'content.beginImport'>['as']>, tell: (percent: number) => void, isLeft: () => boolean): Promise<Taken | null> {
  const begun = await bridge['content.beginImport']({ fileName: nameOf(file), as });
  if (!begun.ok) return begun;
  const { importId } = begun.value;
  for (let at = 0; at < file.size && !isLeft(); at += sliceBytes) {
    const bytes = new Uint8Array(await file.slice(at, at + sliceBytes).arrayBuffer());
    const appended = await bridge['content.appendImport']({ importId, bytes });
    if (!appended.ok) return appended;
    tell(Math.floor((Math.min(at + sliceBytes, file.size) / file.size) * 100));
  }
  return isLeft() ? null : bridge['content.finishImport']({ importId });
}

/** As much of a name as the door takes; its end stays, which says what the file is. */
function nameOf({ name }: File): string {
  return name.length <= 1000 ? name || 'tep' : `${name.slice(0, 900)}${name.slice(-100)}`;
}
