import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page, WebSocketRoute } from 'playwright-core';
import type { Input } from '../../src-shared/contract/index.ts';
import type { DocumentState } from '../../src-shared/domain/document.ts';
import type { PlacementTemplate } from '../../src-shared/contract/signing.ts';
import { fillLastYear, lastYear } from '../support/last-year.ts';
import { withFreeText } from '../support/tampering.ts';
import { arrive } from './support/arrive.ts';
import { createTestPki } from '../unit/verification/pki.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { openDoorway } from './support/door.ts';
import { localDay } from '../../src-renderer/i18n/format.ts';
import type { SyncStatus } from '../../src-shared/contract/office.ts';
import { ago, clashesOn, lineOf, monthOfUse, officesAround, worksOn } from './support/line-states.ts';
import { lookAtDossiers } from './support/dossier-looks.ts';
import { lookAtFigures } from './support/figures-looks.ts';
import { lookAtOffice } from './support/office-looks.ts';
import { lookAtSearches } from './support/search-looks.ts';
import { drawn, faultsOf, lookAlone, looks, plain, type Look } from './support/looks.ts';
import { askFor, networkPill, openDocument, openFolder, press, rowOf, setLine, signWithPin, sitAt } from './support/screens.ts';
import { standBetween, type Told } from './support/told.ts';

const signature = fileURLToPath(new URL('../fixtures/images/chu-ky-lanh-dao.png', import.meta.url));
const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

const keptPlace: PlacementTemplate = { id: 'kept', name: 'Dấu trên công văn', of: 'seal', kind: null, from: 'last', page: 1, rect: { x: 100, y: 200, width: 36, height: 36 } };

/** A letter that somebody wrote over. */
const changed = 'Đã thêm nội dung sau khi ký';

/** Between the two ends, where three panes are two. */
const alsoMiddle = { only: [...looks, { name: '125 %', settings: { ...plain, textSize: 125 } }] } as const;

/** react-aria puts hidden buttons beside a popover’s dialog, by which a screen reader leaves it; axe misses a landmark around them. */
const overThePage = { without: ['region'] } as const;

/** While a list is open react-aria hides the rest of the page from screen readers; axe holds its fields against it. */
const aroundAList = { without: ['region', 'aria-hidden-focus', 'page-has-heading-one'] } as const;

/** Each screen and each of its states is reached once and looked at in every theme, at both ends of the text size, in both languages. */
describe('every screen, in every look: no fault for axe, no text cut', () => {
  let o: BrowserOffice;
  let page: Page;
  let faults: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    const signed = await signedDecision();
    await o.restart(async (storeOf, serverDir) => {
      await arrive(storeOf('commune-clerk'), serverDir, changed, withFreeText(signed));
      await fillLastYear(serverDir, { given: [1, 2, 4] });
    });
  });
  after(() => o.close());

  /** What the province sent, truly signed and sealed. */
  async function signedDecision(): Promise<Uint8Array> {
    const { rows: [row] } = await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: 'Ban hành Quy chế tiếp nhận', offset: 0, limit: 1 });
    assert.ok(row);
    const { sha256, sizeBytes } = row.document.content;
    return (await o.ask('commune-clerk', 'content.read', { sha256, offset: 0, length: sizeBytes })).bytes;
  }

  /** One screen with its states: all its faults are told together, and whatever it left open is closed for the next. */
  function screen(name: string, reach: () => Promise<void>): void {
    test(name, async () => {
      faults = [];
      try {
        await reach();
      } finally {
        await leave();
      }
      assert.equal(faults.length, 0, `${faults.length} faults\n  ${faults.join('\n  ')}`);
    });
  }

  async function leave(): Promise<void> {
    await wear(plain);
    // Esc closes one layer: a tooltip, a calendar, then the dialog
    while ((await page.getByRole('dialog').count()) > 0) {
      await page.keyboard.press('Escape');
      await drawn(page);
    }
  }

  async function look(where: string, { only = looks, without = [] }: { readonly only?: readonly Look[]; readonly without?: readonly string[] } = {}): Promise<void> {
    for (const { name, settings } of only) {
      await wear(settings);
      faults.push(...(await faultsOf(page, `${where} (${name})`, without)));
    }
    await wear(plain);
  }

  async function wear(settings: Input<'settings.write'>): Promise<void> {
    await o.ask('commune-clerk', 'settings.write', settings);
    await page.waitForFunction(
      ({ locale, textSize, theme, contrast, density }) => {
        const { lang, dataset, style } = document.documentElement;
        return lang === locale && dataset['theme'] === theme && dataset['contrast'] === contrast && dataset['density'] === density && Number(style.getPropertyValue('--text-scale') || 1) === (textSize ?? 100) / 100;
      },
      { locale: settings.locale, textSize: settings.textSize, theme: settings.theme, contrast: settings.contrast, density: settings.density },
    );
    // what grows or turns does so at once; what measures itself does so in the next frames
    await drawn(page);
  }

  screen('“Văn bản đến” with a document open', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await page.getByRole('article', { name: 'Đặng Quốc Hùng' }).waitFor();
    await page.locator('canvas').first().waitFor();
    await look('inbox', alsoMiddle);
  });

  screen('the signatures marked on their page', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await page.getByRole('article', { name: 'Đặng Quốc Hùng' }).getByRole('button', { name: /^Xem trên trang/ }).click();
    await page.getByRole('button', { name: /Đặng Quốc Hùng.*Hợp lệ/ }).waitFor();
    await look('signatures');
  });

  screen('a document that was changed: beside its page, as it was signed, both side by side, and the reason that it is registered with', async () => {
    await openDocument(page, 'Văn bản đến', changed);
    const card = page.getByRole('article', { name: 'Đặng Quốc Hùng' });
    await card.getByText('Chi tiết', { exact: true }).click();
    await card.getByRole('list').first().getByRole('button').first().click();
    await page.locator('.lit').waitFor();
    await look('changed after signing', alsoMiddle);
    await card.getByRole('button', { name: 'Xem bản đã ký' }).click();
    await page.getByRole('region', { name: 'Đang xem bản đã ký' }).waitFor();
    await look('the signed version', alsoMiddle);
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: 'So sánh hai bản' }).click();
    await page.locator('.compare-now .compare-canvas[data-drawn]').first().waitFor();
    await look('side by side', alsoMiddle);
    await page.keyboard.press('Escape');
    await press(page, 'Vào sổ');
    await page.getByRole('dialog').getByRole('button', { name: 'Vào sổ kèm lý do' }).click();
    await page.getByText('Hãy ghi lý do, hoặc trả lại nơi gửi. Chưa dùng số đến nào.').waitFor();
    await look('registering with a reason');
  });

  screen('the list alone, where the window is narrow', async () => {
    await wear({ ...plain, textSize: 175 });
    await page.getByRole('button', { name: 'Danh sách' }).click();
    await rowOf(page, 'Ban hành Quy chế tiếp nhận').waitFor();
    await look('inbox list', { only: looks.filter(({ settings }) => settings.textSize === 175) });
  });

  screen('what the search understands', async () => {
    await openFolder(page, 'Văn bản đến');
    await page.getByRole('button', { name: 'Cách tìm' }).click();
    await page.getByRole('dialog').waitFor();
    await look('search help', overThePage);
  });

  screen('a search that finds nothing, with an operator and a faulty one', async () => {
    const field = page.getByRole('textbox', { name: 'Tìm văn bản' });
    await field.fill('từ:"sở khoa học" ngày:31/02 không có đâu');
    await page.getByText(/Không có văn bản nào khớp/).waitFor();
    await look('empty result');
    await field.fill('');
  });

  screen('several documents chosen', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await page.getByRole('listbox', { name: 'Văn bản đến' }).focus();
    await page.keyboard.press('Control+a');
    await page.getByText(/Đã chọn \d/).waitFor();
    await look('many chosen');
    await page.getByRole('listbox', { name: 'Văn bản đến' }).focus();
    await page.keyboard.press('Escape');
    await page.getByText(/Đã chọn \d/).waitFor({ state: 'detached' });
  });

  screen('refusing without a reason', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await press(page, 'Từ chối');
    await page.getByRole('dialog').getByRole('button', { name: 'Từ chối' }).click();
    await page.getByText('Hãy ghi lý do để người nhận biết phải sửa gì.').waitFor();
    await look('refusal');
  });

  screen('dấu đến and a copy, with their forms', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await press(page, 'Vào sổ');
    await press(page, 'Đóng dấu đến');
    await page.getByRole('group', { name: 'Khung dấu đến' }).waitFor();
    await look('receipt stamp', alsoMiddle);
    await press(page, 'Thôi');
    await press(page, 'Sao văn bản');
    await page.getByRole('group', { name: 'Khung chữ bản sao' }).waitFor();
    await look('copy');
    await press(page, 'Thôi');
  });

  screen('assigning without a lead, and its calendar', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await press(page, 'Trình lãnh đạo');
    await press(page, 'Phân công');
    await page.getByRole('dialog').getByRole('button', { name: 'Giao việc' }).click();
    await page.getByText('Hãy chọn người chủ trì.').waitFor();
    await look('assignment');
    await page.getByRole('dialog').getByRole('button', { name: /lịch/i }).click();
    await page.getByRole('grid').waitFor();
    await look('calendar', overThePage);
  });

  for (const folder of ['Công việc', 'Văn bản đi', 'Phát hành', 'Hộp chờ gửi', 'Cần xử lý', 'Thiết bị ký']) {
    screen(`“${folder}”`, async () => {
      await openFolder(page, folder);
      await look(folder);
    });
  }

  screen('everybody’s work, what of it presses, and a document beside its row', async () => {
    await sitAt(page, 'department-clerk');
    try {
      await openFolder(page, 'Công việc');
      await page.getByRole('option', { name: 'Việc của cả cơ quan' }).click();
      await page.getByRole('listbox', { name: 'Việc được giao' }).getByRole('option').nth(2).waitFor();
      await look('board', alsoMiddle);
      await page.getByRole('navigation').getByRole('button', { name: /quá hạn/ }).click();
      await page.getByRole('dialog').waitFor();
      await look('what presses');
      await page.keyboard.press('Escape');
      await page.getByRole('listbox', { name: 'Việc được giao' }).getByRole('option').first().click();
      await page.getByRole('region', { name: 'Ai làm gì' }).waitFor();
      await page.locator('canvas').first().waitFor();
      await look('board with a document', alsoMiddle);
      await page.getByRole('radio', { name: 'Đã xong' }).click();
      await page.getByText('Chưa có việc nào xong.').waitFor();
      await look('board, nothing done');
    } finally {
      await sitAt(page, 'commune-clerk');
    }
  });

  screen('the registers of last year, on paper, a part without lines, and the closing', async () => {
    await openFolder(page, 'Sổ văn bản');
    await page.getByLabel('Sổ', { exact: true }).selectOption({ label: `${lastYear} · Sổ đăng ký văn bản đến · 3 văn bản` });
    await page.getByText('Đã hủy số (không cấp cho văn bản nào)').waitFor();
    await look('a register', alsoMiddle);
    await page.getByRole('button', { name: 'Khóa sổ…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Khóa sổ vĩnh viễn' }).click();
    await page.getByText(`Hãy gõ đúng năm của sổ: ${lastYear}.`).waitFor();
    await look('closing a register');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'In sổ' }).click();
    await page.locator('.page[data-loaded]').first().waitFor();
    // pdf.js hands the tags of the PDF's table to screen readers without the texts, which lie in its text layer
    await look('a register on paper', { ...alsoMiddle, without: ['empty-table-header'] });
    await page.getByRole('button', { name: 'Về sổ' }).click();
    await page.getByRole('textbox', { name: 'Từ số', exact: true }).fill('900');
    await page.keyboard.press('Tab');
    await page.getByText('Không có dòng nào trong khoảng này').waitFor();
    await look('a part without lines');
    await page.getByRole('button', { name: 'Xem cả sổ' }).first().click();
  });

  screen('“Cài đặt” with a kept place', async () => {
    await o.ask('commune-clerk', 'templates.save', { template: keptPlace });
    await openFolder(page, 'Cài đặt');
    await page.getByRole('textbox', { name: 'Tên chỗ đặt' }).waitFor();
    await look('settings');
    await page.getByRole('textbox', { name: 'Tên chỗ đặt' }).fill('Dấu trên báo cáo');
    await page.getByRole('button', { name: 'Đổi tên' }).scrollIntoViewIfNeeded();
    await look('settings, its end');
    await page.getByText('Dành cho người quản trị').click();
    await page.getByText('Thuật toán băm').scrollIntoViewIfNeeded();
    await look('settings, how the office signs');
    await page.getByRole('region', { name: 'Chữ ký', exact: true }).getByLabel('Chọn ảnh hoặc bản quét').setInputFiles(signature);
    await page.getByRole('dialog').getByText(/^Ảnh (rõ|dùng được)/).waitFor();
    await look('an image on paper');
  });

  screen('whom the office trusts, with a file of certificates that is looked at', async () => {
    const pki = createTestPki();
    try {
      pki.issue('nguoi-ky');
      await openFolder(page, 'Cài đặt');
      const trust = page.getByRole('region', { name: 'Nơi cấp chứng thư được tin cậy' });
      await trust.getByLabel('Thêm từ tệp').setInputFiles({ name: 'noi-cap.pem', mimeType: 'application/x-pem-file', buffer: Buffer.concat(['root.pem', 'nguoi-ky.pem'].map((file) => readFileSync(pki.path(file)))) });
      await page.getByRole('dialog').getByRole('button', { name: /^Tin và thêm/ }).click();
      await page.getByRole('dialog').getByText('Hãy so dấu vân tay').waitFor();
      await look('a file of certificates');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await trust.getByRole('heading', { level: 2 }).evaluate((heading) => heading.scrollIntoView());
      await look('whom the office trusts');
    } finally {
      pki.remove();
    }
  });

  screen('the palette and the sheet of keys', async () => {
    await openDocument(page, 'Văn bản đến', 'Tập huấn ký số');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('vao so');
    await page.getByRole('dialog').getByRole('option', { name: /^Vào sổ/ }).first().waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog').waitFor();
    await look('sheet of keys');
  });

  screen('a draft, empty and full of faults, then with its file', async () => {
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await look('empty draft');
    await page.getByRole('textbox', { name: 'Ký hiệu' }).fill('15/UBND');
    await press(page, 'Trình ký');
    await page.getByText('Hãy ghi trích yếu').waitFor();
    await look('faulty draft');
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    await page.locator('canvas').first().waitFor();
    await page.getByLabel('Thêm tệp kèm theo').setInputFiles([{ name: 'Phụ lục: số liệu.pdf', mimeType: 'application/pdf', buffer: readFileSync(letter) }, { name: 'rỗng.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) }]);
    await page.getByRole('list', { name: 'Tệp kèm theo' }).getByRole('alert').waitFor();
    await look('draft with its file');
  });

  screen('work that waits without a line', async () => {
    await setLine(page, false);
    await openDocument(page, 'Văn bản đến', 'Tập huấn ký số');
    await press(page, 'Vào sổ và trình');
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByText('Tập huấn ký số').first().waitFor();
    await look('outbox without a line');
    await setLine(page, true);
  });

  screen('the leader’s queue, the return, all at once, and the PIN asked and refused', async () => {
    await sitAt(page, 'commune-leader');
    await openDocument(page, 'Trình ký', 'Về việc tăng cường gửi, nhận');
    await page.getByRole('group', { name: 'Khung chữ ký' }).waitFor();
    await look('queue', alsoMiddle);
    await press(page, 'Trả lại kèm ý kiến');
    await page.getByRole('dialog').waitFor();
    await look('return');
    await page.keyboard.press('Escape');
    await press(page, /^Ký \d+ văn bản đã đọc/);
    await page.getByRole('dialog').getByLabel('Mã PIN').waitFor();
    await look('batch');
    await page.getByText(/^Ký từng văn bản/).click();
    await page.getByRole('dialog').getByLabel('Mã PIN').fill('135790');
    await page.getByRole('dialog').getByRole('button', { name: /^Bắt đầu/ }).click();
    await page.getByRole('group', { name: 'Khung chữ ký' }).waitFor();
    await look('one by one', alsoMiddle);
    await press(page, 'Tạm dừng');
    await page.getByText('Đang tạm dừng', { exact: true }).waitFor();
    await look('a paused run');
    await press(page, 'Kết thúc đợt');
    await page.getByRole('heading', { name: 'Kết quả đợt ký' }).waitFor();
    await look('the result of a run');
    await press(page, 'Về hàng chờ');
    await press(page, 'Ký');
    await signWithPin(page, '000000');
    await page.getByRole('dialog').getByText(/Sai mã PIN/).waitFor();
    await look('wrong PIN');
    await signWithPin(page, '135790');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await look('signed');
  });

  screen('issuing, and the window that asks for the PIN', async () => {
    await sitAt(page, 'commune-clerk');
    await openDocument(page, 'Phát hành', 'Về việc tăng cường gửi, nhận');
    await page.getByRole('group', { name: 'Khung dấu cơ quan' }).waitFor();
    await look('issuing', alsoMiddle);
    await press(page, /^Ký, cấp số 15 và gửi/);
    await page.getByRole('dialog').getByLabel('Mã PIN').waitFor();
    await look('PIN for the seal');
    await signWithPin(page, '246810');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await look('sent');
  });

  screen('what has gone out: its receivers, its versions, asked back, put right, replaced', async () => {
    await openDocument(page, 'Văn bản đi', 'Về việc tăng cường gửi, nhận');
    await page.getByRole('button', { name: 'Theo dõi nơi nhận' }).click();
    await page.getByRole('dialog').getByRole('table').waitFor();
    await look('receivers');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press(page, 'Thu hồi');
    await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi từ 1 nơi nhận' }).click();
    await page.getByText('Hãy ghi lý do: nơi nhận cần biết vì sao.').waitFor();
    await look('recall');
    await page.keyboard.press('Escape');
    await press(page, 'Cập nhật');
    await page.getByRole('dialog').getByRole('button', { name: 'Gửi cập nhật tới 1 nơi nhận' }).click();
    await page.getByText('Chưa có gì khác: hãy sửa trích yếu hoặc độ khẩn.').waitFor();
    await look('update');
    await page.keyboard.press('Escape');
    await page.getByText(/^Các bản đã có/).click();
    await look('versions');
    await page.getByRole('region', { name: 'Các bản của dự thảo' }).getByRole('button', { name: 'So sánh', exact: true }).last().click();
    await page.locator('.compare-now .compare-canvas[data-drawn]').first().waitFor();
    await look('versions side by side', alsoMiddle);
    await page.keyboard.press('Escape');
    await press(page, 'Thay thế');
    await page.getByRole('heading', { level: 1, name: 'Soạn văn bản thay thế' }).waitFor();
    await look('a draft that replaces');
  });

  screen('the program out of reach', async () => {
    const sockets: WebSocketRoute[] = [];
    let lost = false;
    await page.routeWebSocket(/\/door$/, (socket) => {
      if (lost) return void socket.close();
      socket.connectToServer();
      sockets.push(socket);
    });
    await page.reload();
    await openFolder(page, 'Văn bản đến');
    lost = true;
    for (const socket of sockets) await socket.close();
    await page.getByText(/^Mất liên lạc với chương trình/).waitFor();
    assert.equal(await page.getByRole('main').getByText('lỗi ngoài dự kiến').count(), 0);
    faults.push(...(await lookAlone(page, 'link lost')));
    lost = false;
    await page.getByText(/^Mất liên lạc với chương trình/).waitFor({ state: 'detached' });
  });

  /** The page is told of states of the line that no office is brought into at will. */
  async function withTold(reach: (told: Told, is: (patch: Partial<SyncStatus>) => void) => Promise<void>): Promise<void> {
    const told = await standBetween(page);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    try {
      await reach(told, (patch) => {
        told.say('sync.status', lineOf(patch));
        told.tell('sync.status', lineOf(patch));
      });
    } finally {
      told.unsayAll();
      await page.reload();
    }
  }

  async function arrivals(): Promise<readonly DocumentState[]> {
    return (await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 4 })).rows.map(({ document }) => document);
  }

  screen('the line: in the bar and in its details, and a desk that is being filled', () => withTold(async (_, is) => {
    await openFolder(page, 'Văn bản đến');
    is({ filling: { done: 340, total: 1000 } });
    await page.getByRole('progressbar', { name: 'Đang nhận văn bản về máy này' }).waitFor();
    await look('line, filling', alsoMiddle);
    is({ line: 'slow', pending: 12 });
    await networkPill(page).filter({ hasText: 'mạng yếu' }).waitFor();
    await look('line, slow', alsoMiddle);
    is({ line: 'portal', online: false, pending: 2, files: { waiting: 12, waitingBytes: 34_000_000, held: 9 } });
    await networkPill(page).getByRole('button').click();
    await page.getByRole('dialog').waitFor();
    await look('line, a wireless that wants a sign-in', overThePage);
    await page.keyboard.press('Escape');
    is({ line: 'busy', online: false, busyUntil: ago(-8), pending: 120 });
    await networkPill(page).filter({ hasText: 'Máy chủ bận' }).waitFor();
    await look('line, busy', alsoMiddle);
  }));

  screen('works in every state', () => withTold(async (told, is) => {
    told.say('outbox.list', { rows: worksOn(await arrivals()) });
    is({ line: 'down', online: false, pending: 5, problems: 1 });
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByText('Đang xác nhận').waitFor();
    await look('works in every state', alsoMiddle);
    await openFolder(page, 'Cần xử lý');
    await page.getByText('Vai trò của bạn không còn').waitFor();
    await look('a work that was refused');
  }));

  screen('two versions side by side, and the bar on their document', () => withTold(async (told) => {
    const documents = await arrivals();
    const { people } = await o.ask('commune-clerk', 'directory.people', {});
    told.say('conflicts.list', { conflicts: clashesOn(documents, people) });
    told.tell('conflicts.changed', { count: 3 });
    await openFolder(page, 'Chờ bạn chọn');
    await page.getByRole('article').nth(2).waitFor();
    await look('two versions', alsoMiddle);
    await page.getByRole('article').nth(1).getByRole('button', { name: 'Giữ cả hai' }).scrollIntoViewIfNeeded();
    await look('two drafts');
    await page.getByRole('article').nth(2).getByRole('button', { name: 'Chấp nhận' }).scrollIntoViewIfNeeded();
    await look('a newer signature');
    await openDocument(page, 'Văn bản đến', documents[0]?.title ?? '');
    await page.getByText(/^Người khác đã làm khác bạn/).waitFor();
    await page.locator('canvas').first().waitFor();
    await look('a document with two versions', alsoMiddle);
  }));

  screen('“Chờ bạn chọn” with nothing to choose', async () => {
    await openFolder(page, 'Chờ bạn chọn');
    await page.getByText('Không có gì phải chọn').waitFor();
    await look('nothing to choose');
  });

  screen('dossiers, the year’s list, and each of their dialogs', () => lookAtDossiers(o, look));

  screen('searches that are kept, and a list put into a file', () => lookAtSearches(o, look));

  screen('the figures, what is behind them, and the aims', () => lookAtFigures(o, look));

  screen('a paper document, and what the office has settled', () => lookAtOffice(o, look));

  screen('a file that is not here', () => withTold(async (told, is) => {
    told.say('content.info', { sizeBytes: 1_234_567, here: false });
    told.say('line.policy', { contents: 'on-opening', dailyMb: null, bulkHours: null, metered: false });
    await openDocument(page, 'Văn bản đến', 'Tập huấn ký số');
    await page.getByRole('main').getByRole('button', { name: 'Tải ngay' }).waitFor();
    await look('a file for later', alsoMiddle);
    is({ line: 'down', online: false });
    await page.getByText(/Đang mất mạng; tệp sẽ tự tải/).waitFor();
    await look('a file without a line');
  }));

  screen('what may go over the line, and what did', () => withTold(async (told) => {
    told.say('line.usage', { days: monthOfUse(localDay(Date.now())) });
    told.say('line.policy', { contents: 'mine', dailyMb: 200, bulkHours: { from: '18:00', until: '06:00' }, metered: true });
    await openFolder(page, 'Cài đặt');
    const line = page.getByRole('region', { name: 'Đường truyền' });
    await line.getByRole('heading', { level: 2 }).evaluate((heading) => heading.scrollIntoView());
    await look('line settings', alsoMiddle);
    await line.getByText('Xem bằng bảng').click();
    await line.getByRole('heading', { level: 3 }).evaluate((heading) => heading.scrollIntoView());
    await look('line usage');
  }));

  screen('an office that ceased, with those who came after it', () => withTold(async (told) => {
    told.say('directory.organizations', { organizations: officesAround() });
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await askFor(page.getByRole('combobox', { name: 'Thêm nơi nhận' }), 'huyện');
    await page.getByRole('option', { name: /^UBND xã Thọ Phong/ }).waitFor();
    await look('offices to send to', aroundAList);
  }));

  // 200 % zoom on 1366×768
  screen('the main screens in a window of 683×384', async () => {
    const only = looks.filter(({ name }) => name === 'light' || name === 'English');
    await page.setViewportSize({ width: 683, height: 384 });
    try {
      for (const folder of ['Văn bản đến', 'Trình ký', 'Văn bản đi', 'Thiết bị ký', 'Cài đặt']) {
        await openFolder(page, folder);
        await look(`200 % ${folder}`, { only });
      }
      await openDocument(page, 'Văn bản đến', 'Họp triển khai ký số');
      await page.getByRole('button', { name: 'Danh sách' }).waitFor();
      await look('200 % document', { only });
      await press(page, 'Từ chối');
      await page.getByRole('dialog').waitFor();
      await look('200 % refusal', { only });
      await page.getByRole('dialog').getByRole('button', { name: 'Thôi' }).click();
      await page.getByRole('button', { name: 'Soạn văn bản' }).click();
      await look('200 % draft', { only });
    } finally {
      await page.setViewportSize({ width: 1366, height: 768 });
    }
  });
});

test('the door, in every look', async () => {
  const door = await openDoorway();
  try {
    await door.page.getByRole('heading', { level: 1 }).waitFor();
    assert.deepEqual(await lookAlone(door.page, 'door'), []);
  } finally {
    await door.close();
  }
});
