import type { Locator, Page } from 'playwright-core';
import { cast } from '../../../src-main/practice/cast.ts';
import { drawn } from './looks.ts';

/** What a person does, by the words on the screen. */
export async function sitAt(page: Page, desk: string): Promise<void> {
  const member = cast.find((c) => c.id === desk);
  if (member === undefined) throw new Error(`no desk ${desk}`);
  await page.getByRole('group', { name: 'Chọn bàn làm việc' }).getByRole('button', { name: new RegExp(member.person.fullName) }).click();
  await page.getByRole('banner').getByText(member.person.fullName).waitFor();
}

export async function openFolder(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
}

export function rowOf(page: Page, title: string): Locator {
  return page.getByRole('option', { name: new RegExp(title) });
}

/** Opens the folder and waits until the document is in it; a document that comes over the line is waited for, not slept for. */
export async function openDocument(page: Page, folder: string, title: string): Promise<void> {
  await openFolder(page, folder);
  await rowOf(page, title).click();
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('main').getByRole('button', typeof name === 'string' ? { name: new RegExp(`^${name}( Ctrl.*)?$`) } : { name }).first().click();
}

export async function signWithPin(page: Page, pin: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mã PIN').fill(pin);
  await dialog.getByRole('button', { name: 'Ký văn bản' }).click();
}

export function pinOf(desk: string): string {
  return cast.find((c) => c.id === desk)?.pin ?? '';
}

export async function setLine(page: Page, up: boolean): Promise<void> {
  await page.getByRole('button', { name: up ? 'Nối mạng' : 'Cắt mạng' }).click();
  await page.getByRole('button', { name: up ? 'Cắt mạng' : 'Nối mạng' }).waitFor();
}

/** Words into a field that offers what it finds. The field scrolls into sight first, as it does long before a hand's first letter: whatever scrolls closes the list. */
export async function askFor(field: Locator, words: string): Promise<void> {
  await field.focus();
  await drawn(field.page());
  await field.fill(words);
}

export function networkPill(page: Page): Locator {
  return page.getByRole('status', { name: 'Trạng thái mạng' });
}
