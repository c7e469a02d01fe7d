import type { Handlers } from '../../handlers.ts';
import type { Batches } from './batches.ts';

export function batchHandlers(batches: Batches): Pick<Handlers, Extract<keyof Handlers, `batch.${string}`>> {
  return {
    'batch.read': () => batches.read(),
    'batch.start': (input) => batches.start(input),
    'batch.answer': (input) => batches.answer(input),
    'batch.pause': () => batches.pause(),
    'batch.resume': (input) => batches.resume(input),
    'batch.end': () => batches.end(),
  };
}
