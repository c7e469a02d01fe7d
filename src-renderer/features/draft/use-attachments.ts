import { useEffect, useRef, useState } from 'react';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import { storedFileName } from '../../../src-shared/domain/file-names.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge } from '../../bridge/use-query.ts';
import { importFile } from './import-file.ts';

/** QĐ 28/2018 Art 10.1: the document and its whole set of files; more than these in one letter are a package. */
export const mostAttachments = 100;

/** A file on its way into the store, or one that was not taken and says why. */
export type Coming = { readonly key: number; readonly name: string; readonly sizeBytes: number; readonly percent: number; readonly refused: AppError | 'twice' | 'too-many' | null };

export type AttachmentsState = {
  readonly coming: readonly Coming[];
  readonly add: (files: readonly File[]) => Promise<void>;
  /** Stops one that comes, or takes a refusal off the list. */
  readonly drop: (key: number) => void;
  readonly busy: boolean;
};

/** Files that go with a document, taken one after the other; what one of them is refused for stops none of the others. */
export function useAttachments(attached: readonly ContentRef[], onChange: (attached: readonly ContentRef[]) => void): AttachmentsState {
  const bridge = useBridge();
  const [coming, setComing] = useState<readonly Coming[]>([]);
  const left = useRef(new Set<number>());
  const next = useRef(0);
  const queue = useRef(Promise.resolve());
  // Files come while others are taken out: each joins what stands then
  const latest = useRef({ attached, onChange });
  latest.current = { attached, onChange };
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const drop = (key: number): void => {
    left.current.add(key);
    setComing((all) => all.filter((one) => one.key !== key));
  };
  const change = (key: number, patch: Partial<Coming>): void => setComing((all) => all.map((one) => (one.key === key ? { ...one, ...patch } : one)));

  async function take(file: File, key: number): Promise<void> {
    const isLeft = (): boolean => gone.current || left.current.has(key);
    if (isLeft()) return;
    if (file.size === 0) return change(key, { refused: { code: 'file.empty' } });
    if (latest.current.attached.length >= mostAttachments) return change(key, { refused: 'too-many' });
    const taken = await importFile(bridge, file, 'attachment', (percent) => change(key, { percent }), isLeft);
    if (taken === null || isLeft()) return;
    if (!taken.ok) return change(key, { refused: taken.error });
    const { content } = taken.value;
    if (latest.current.attached.some(({ sha256, fileName }) => sha256 === content.sha256 && fileName === content.fileName)) return change(key, { refused: 'twice' });
    drop(key);
    const attachedNow = [...latest.current.attached, content];
    latest.current = { ...latest.current, attached: attachedNow };
    latest.current.onChange(attachedNow);
  }

  function add(files: readonly File[]): Promise<void> {
    const fresh = files.map((file) => ({ file, key: next.current++ }));
    setComing((all) => [...all, ...fresh.map(({ file, key }): Coming => ({ key, name: storedFileName(file.name), sizeBytes: file.size, percent: 0, refused: null }))]);
    for (const { file, key } of fresh) queue.current = queue.current.then(() => take(file, key));
    return queue.current;
  }

  return { coming, add, drop, busy: coming.some(({ refused }) => refused === null) };
}
