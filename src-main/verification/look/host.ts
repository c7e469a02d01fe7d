import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { heapMb } from './limits.ts';
import { serve } from './serve.ts';
import { createDeadline, watch } from './watchdog.ts';

/**
 * The process that draws: pdf.js and its canvas meet files of strangers here, and nothing else does. A second thread of it looks on, and ends the whole
 * process when it grows too large or is left alone with an endless page.
 */
if (isMainThread) {
  const deadline = createDeadline();
  new Worker(new URL(import.meta.url), { workerData: deadline.shared, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: heapMb } }).unref();
  void serve(deadline);
} else watch(workerData);
