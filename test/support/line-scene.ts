import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLab, type Lab, type Profile, type Program } from './netlab.ts';

const script = (name: string): string => join(import.meta.dirname, name);
/** A line of JSON that the desk has told (`line-desk.ts`). */
export type Told = Readonly<Record<string, unknown>>;

export type LineScene = {
  readonly lab: Lab;
  readonly desk: Program;
  readonly lines: readonly Told[];
  /** Of the letters that wait at the server, their contents' SHA-256. */
  readonly contents: readonly string[];
  /** The first that fits, told already (of those after `from`) or later. */
  readonly seen: (what: string, fits?: (line: Told) => boolean, from?: number) => Promise<Told>;
};

export type LineSceneOptions = { readonly dir: string; readonly profile: Profile; readonly net: number; readonly documents: number; readonly contentBytes: number; readonly env?: NodeJS.ProcessEnv; /** The desk begins when the line is so old: what befalls a line by the clock then falls into its work. */ readonly deskAtSeconds?: number };

/** A server with so many letters at one end of an emulated line, and a new desk at the other. Ends with its lab. */
export async function openLineScene({ dir, profile, net, documents, contentBytes, env = {}, deskAtSeconds = 0 }: LineSceneOptions): Promise<LineScene> {
  const lab = await openLab(profile, net);
  const began = performance.now();
  const ready = Promise.withResolvers<Told>();
  const server = lab.run('server', script('line-server.ts'), [join(dir, 'server'), lab.serverAddress, String(documents), String(contentBytes)], (line) => ready.resolve(line));
  void server.ended.then(() => ready.reject(new Error('the server ended')));
  const { url, contents } = (await ready.promise) as { readonly url: string; readonly contents: readonly string[] };
  await pause(Math.max(0, deskAtSeconds * 1000 - (performance.now() - began)));
  const lines: Told[] = [];
  const waiting = new Set<() => void>();
  const desk = lab.run('client', script('line-desk.ts'), [join(dir, 'desk'), 'communeClerk', url], (line) => {
    lines.push(line);
    for (const look of waiting) look();
  }, env);
  const seen: LineScene['seen'] = (what, fits = () => true, from = 0) => new Promise((resolve) => {
    const look = (): void => {
      const found = lines.slice(from).find((line) => line['what'] === what && fits(line));
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
  return { lab, desk, lines, contents, seen };
}
