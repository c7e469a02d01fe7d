import type { Page } from 'playwright-core';

/** What a page throws from now on, as it happens. An error without a stack is told by its name: pdf.js' own have none. */
export function watchErrors(page: Page, seen: string[] = []): string[] {
  page.on('pageerror', (error) => seen.push(`${error.name}: ${error.message}\n${error.stack ?? ''}`.trim()));
  return seen;
}
