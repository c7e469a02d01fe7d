import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel, Input, Output } from '../../src-shared/contract/index.ts';
import { describeError } from '../../src-shared/errors.ts';
import type { Result } from '../../src-shared/result.ts';
import type { TestOffice } from '../e2e/support/desk.ts';
import { journey } from '../e2e/support/journey.ts';
import { launchElectronDesk, whyNoElectron } from './launch.ts';

journey('the journey in Electron', openInElectron, whyNoElectron() ?? false);

async function openInElectron(): Promise<TestOffice> {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-electron-journey-'));
  const { app, page } = await launchElectronDesk(dir);
  page.setDefaultTimeout(20_000);
  await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor({ timeout: 60_000 });
  return {
    page,
    rootPem: new X509Certificate(readFileSync(join(dir, 'practice', 'tokens', 'root.der'))).toString(),
    ask: async <C extends Channel>(_desk: string, channel: C, input: Input<C>): Promise<Output<C>> => {
      const result = await page.evaluate(
        ([name, value]) => (window as unknown as { readonly vanThu: Record<string, (input: unknown) => Promise<unknown>> }).vanThu[name]?.(value),
        [channel, input] as const,
      ) as Result<Output<C>>;
      if (!result.ok) throw new Error(describeError(result.error, 'en'));
      return result.value;
    },
    close: async () => {
      await app.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
