import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Input } from '../../../src-shared/contract/index.ts';
import { axeViolations } from './axe.ts';
import { clippedText } from './clipped.ts';

/** Names a folder that every look is kept in as a picture, for a person’s eyes. */
const picturesDir = process.env['VAN_THU_PICTURES'];

export type Look = { readonly name: string; readonly settings: Input<'settings.write'> };

export const plain = { locale: 'vi', theme: 'light', contrast: 'normal', density: 'comfortable', textSize: 100, motion: 'reduced' } as const;
export const looks: readonly Look[] = [
  { name: 'light', settings: plain },
  { name: 'dark, compact', settings: { ...plain, theme: 'dark', density: 'compact' } },
  { name: 'high contrast', settings: { ...plain, contrast: 'high' } },
  { name: 'dark, high contrast', settings: { ...plain, theme: 'dark', contrast: 'high' } },
  { name: '175 %', settings: { ...plain, textSize: 175 } },
  { name: 'English', settings: { ...plain, locale: 'en' } },
  { name: 'English, 175 %, dark', settings: { ...plain, locale: 'en', theme: 'dark', textSize: 175 } },
];

/** Every look but the language, put on by hand where no settings can reach the page. */
export async function lookAlone(page: Page, where: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, settings } of [...looks.filter((one) => one.settings.locale === 'vi'), { name: 'as it was', settings: plain }]) {
    await page.evaluate(({ theme, contrast, density, textSize }) => {
      const root = document.documentElement;
      Object.assign(root.dataset, { theme, contrast, density, motion: 'reduced' });
      root.style.setProperty('--text-scale', String((textSize ?? 100) / 100));
      // as app/wear.ts has it
      root.style.setProperty('container-type', 'normal');
      void root.offsetWidth;
      root.style.removeProperty('container-type');
    }, { theme: settings.theme, contrast: settings.contrast, density: settings.density, textSize: settings.textSize });
    await drawn(page);
    found.push(...(await faultsOf(page, `${where} (${name})`)));
  }
  return found;
}

export async function faultsOf(page: Page, where: string, without: readonly string[] = []): Promise<readonly string[]> {
  if (picturesDir) await page.screenshot({ path: join(picturesDir, `${where}.png`.replace(/[/%]/g, '')) });
  return [...(await axeViolations(page, { without })), ...(await clippedText(page))].map((fault) => `${where}: ${fault}`);
}

export function drawn(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))));
}
