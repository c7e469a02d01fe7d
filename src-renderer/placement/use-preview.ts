import { useEffect, useState } from 'react';
import type { Input, Output } from '../../src-shared/contract/index.ts';
import type { AppError, Result } from '../../src-shared/result.ts';
import type { Placement } from '../../src-shared/contract/signing.ts';
import { useBridge } from '../bridge/use-query.ts';

type PreviewChannel = 'signing.preview' | 'issuing.preview' | 'signing.previewMark';
export type Layer = Output<PreviewChannel>['layers'][number];

export type Preview = {
  readonly layers: readonly Layer[];
  /** Where it stands, when the drawing itself finds its place; of the last answer. */
  readonly place: Placement | null;
  /** The layers are of what stands on the screen now, not of a moment ago. */
  readonly current: boolean;
  readonly error: AppError | null;
};

/** Long enough for a burst of arrow keys to be one question. */
const gatherMs = 80;

/**
 * What will be drawn, asked of the very code that will draw it whenever `input` changes; `content` is the file it is drawn over. The last answer
 * stays while the next is on its way.
 */
export function usePreview<C extends PreviewChannel>(channel: C, content: string, input: Input<C> | null): Preview {
  const bridge = useBridge();
  const key = input && JSON.stringify([content, input]);
  const [answer, setAnswer] = useState<{ readonly key: string; readonly layers: readonly Layer[]; readonly place: Placement | null; readonly error: AppError | null } | null>(null);
  useEffect(() => {
    if (key === null) return;
    let left = false;
    const timer = setTimeout(async () => {
      const call = bridge[channel] as (input: unknown) => Promise<Result<Output<PreviewChannel>>>;
      const result = await call((JSON.parse(key) as readonly unknown[])[1]);
      if (!left) setAnswer((before) => (result.ok
        ? { key, layers: result.value.layers, place: 'place' in result.value ? result.value.place : null, error: null }
        : { key, layers: before?.layers ?? [], place: before?.place ?? null, error: result.error }));
    }, gatherMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [bridge, channel, key]);
  return { layers: answer?.layers ?? [], place: answer?.place ?? null, current: answer !== null && answer.key === key && answer.error === null, error: answer?.error ?? null };
}
