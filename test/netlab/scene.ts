import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openLab, whyNoNetlab, type Profile } from '../support/netlab.ts';

/** Skipped, loudly, where no line can be emulated. */
export const options = { skip: whyNoNetlab(), timeout: 240_000 } as const;

const script = (name: string): string => join(import.meta.dirname, '../support', name);
export type Line = Readonly<Record<string, unknown>>;

/** A server with so many letters at one end, a new desk at the other; `seen` resolves with the first line that fits, now or later. */
export async function openScene(t: TestContext, profile: Profile, net: number, documents: number, contentBytes: number, env: NodeJS.ProcessEnv = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-line-'));
  const lab = await openLab(profile, net);
  t.after(async () => {
    await lab.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const ready = Promise.withResolvers<Line>();
  const server = lab.run('server', script('line-server.ts'), [join(dir, 'server'), lab.serverAddress, String(documents), String(contentBytes)], (line) => ready.resolve(line));
  void server.ended.then(() => ready.reject(new Error('the server ended')));
  const { url, contents } = (await ready.promise) as { readonly url: string; readonly contents: readonly string[] };

  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  const desk = lab.run('client', script('line-desk.ts'), [join(dir, 'desk'), 'communeClerk', url], (line) => {
    lines.push(line);
    for (const look of waiting) look();
  }, env);
  const seen = (what: string, fits: (line: Line) => boolean = () => true): Promise<Line> => new Promise((resolve) => {
    const look = (): void => {
      const found = lines.find((line) => line['what'] === what && fits(line));
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
  return { lab, desk, seen, lines, contents };
}
