import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const source = readFileSync(fileURLToPath(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
/** Where react-aria tells screen readers what a button did, for seven seconds: the button that it names may be gone by then, with the screen it stood on. */
const announcer = '[data-live-announcer]';
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

type Finding = { readonly id: string; readonly impact: string | null; readonly help: string; readonly nodes: readonly { readonly target: string; readonly html: string; readonly why: string }[] };
type AxeNode = { readonly target: readonly unknown[]; readonly html: string; readonly failureSummary?: string };
type Axe = { readonly run: (context: unknown, options: unknown) => Promise<{ readonly violations: readonly { readonly id: string; readonly impact: string | null; readonly help: string; readonly nodes: readonly AxeNode[] }[] }> };

type AxeOptions = {
  /** A CSS selector: only what is in it is judged. */
  readonly include?: string;
  /** Names of axe's rules that are left out here; say why where you give one. */
  readonly without?: readonly string[];
};

/**
 * What axe-core finds on the page as it stands, a readable line for each element: WCAG 2.2 A and AA and the best practices.
 * axe comes over the debugger's own door: the page's policy takes no script from elsewhere, and must not.
 */
export async function axeViolations(page: Page, { include, without = [] }: AxeOptions = {}): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${source};void 0`);
  const findings = await page.evaluate(
    async ({ selector, values, off, announcer }): Promise<readonly Finding[]> => {
      const { axe } = window as unknown as { readonly axe: Axe };
      // a colour on its way to another is nobody's to judge; what turns for ever (a spinner) is not waited for
      const passing = document.getAnimations().filter((each) => Number.isFinite(Number(each.effect?.getComputedTiming().endTime)));
      await Promise.allSettled(passing.map((each) => each.finished));
      const rules = Object.fromEntries(off.map((name) => [name, { enabled: false }]));
      const { violations } = await axe.run({ include: [[selector ?? 'html']], exclude: [[announcer]] }, { runOnly: { type: 'tag', values }, rules, resultTypes: ['violations'] });
      return violations.map(({ id, impact, help, nodes }) => ({
        id, impact, help,
        nodes: nodes.map((node) => ({ target: node.target.join(' '), html: node.html, why: node.failureSummary ?? '' })),
      }));
    },
    { selector: include ?? null, values: tags, off: [...without], announcer },
  );
  return findings.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, html, why }) => `${id} (${impact ?? 'no impact told'}): ${help}\n    at ${target}\n    ${html.slice(0, 200)}\n    ${why.replace(/\s*\n\s*/g, ' · ').slice(0, 400)}`),
  );
}

/** `where` says which screen and state this is. */
export async function assertNoAxeViolations(page: Page, where: string, options: AxeOptions = {}): Promise<void> {
  const found = await axeViolations(page, options);
  assert.equal(found.length, 0, `axe on ${where}: ${found.length}\n  ${found.join('\n  ')}`);
}
