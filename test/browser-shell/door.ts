import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { Door } from '../../src-shared/contract/index.ts';
import { decodeFrame, encodeFrame } from '../../src-shared/contract/frame.ts';

/** The largest call carries 1 MiB of content (`maxSliceBytes`) and its head. */
export const maxFrameBytes = 2 * 1024 * 1024;

const requestFrame = z.object({ id: z.int().nonnegative(), channel: z.string().max(100), input: z.unknown() });

/** Ties one door to one WebSocket. A message that is no call ends the connection: our own page never sends any. */
export function serveDoor(door: Door, window: WebSocket): void {
  const send = (frame: unknown): void => {
    if (window.readyState === window.OPEN) window.send(encodeFrame(frame));
  };
  const stop = door.on((event, payload) => send({ event, payload }));
  window.on('message', (data: RawData, isBinary: boolean) => {
    const frame = readFrame(data as Buffer, isBinary);
    if (frame === null) return window.close(1003);
    void door.call(frame.channel, frame.input).then((result) => send({ id: frame.id, result }));
    return undefined;
  });
  // ws reports a broken frame here and closes by itself; without a listener it would throw
  window.on('error', () => window.terminate());
  window.on('close', () => {
    stop();
    door.close();
  });
}

function readFrame(data: Buffer, isBinary: boolean): z.infer<typeof requestFrame> | null {
  try {
    const parsed = requestFrame.safeParse(decodeFrame(isBinary ? data : data.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
