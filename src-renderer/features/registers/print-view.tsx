import { ArrowLeft } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { Bridge } from '../../../src-shared/contract/index.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import { sha256 } from '../../../src-shared/domain/ids.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import { createQueryStore, type QueryStore } from '../../bridge/query-store.ts';
import type { MadeFile } from '../../app/use-made-file.ts';
import { StoreContext, useBridge } from '../../bridge/use-query.ts';
import { PdfViewer } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';

/** What was made as it will be on paper, in the program's own viewer, which prints and saves it. */
export function PrintView({ file, title, back, onClose }: { readonly file: MadeFile; readonly title: string; /** Where `onClose` leads. */ readonly back: string; readonly onClose: () => void }) {
  const bridge = useBridge();
  const held = useMemo(() => holdFile(bridge, file), [bridge, file]);
  useEffect(() => () => held.store.close(), [held]);
  return (
    <section className="register-print" aria-label={title}>
      <div className="list-heading register-heading"><h1>{title}</h1><Button icon={ArrowLeft} onPress={onClose}>{back}</Button></div>
      <StoreContext value={held.store}><PdfViewer content={held.content} title={file.fileName} /></StoreContext>
    </section>
  );
}

/** What was made for the eye lies in no store: the viewer's two questions about it are answered from here, under a name that no content has. */
function holdFile(bridge: Bridge, { bytes, fileName }: MadeFile): { readonly content: ContentRef; readonly store: QueryStore } {
  const id = sha256.parse(Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join(''));
  const own: Pick<Bridge, 'content.info' | 'content.read'> = {
    'content.info': async (input) => (input.sha256 === id ? ok({ sizeBytes: bytes.length, here: true }) : bridge['content.info'](input)),
    'content.read': async (input) => (input.sha256 !== id ? bridge['content.read'](input) : input.offset > bytes.length ? fail('content.damaged') : ok({ bytes: bytes.slice(input.offset, input.offset + input.length) })),
  };
  return { content: { sha256: id, sizeBytes: bytes.length, fileName, parent: null }, store: createQueryStore({ ...bridge, ...own }) };
}
