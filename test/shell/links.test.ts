import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkHosts, openableLink } from '../../src-main/shell/links.ts';
import { createLinkOpener } from '../../src-main/shell/open-link.ts';

const opened = [...linkHosts.map((host) => `https://${host}/`), 'https://ca.gov.vn/dich-vu/ho-tro', 'https://vanban.chinhphu.vn/van-ban_30-2020.html'];

const shown = [
  'http://ca.gov.vn/', 'https://ca.gov.vn.attacker.example/', 'https://attacker.example/ca.gov.vn', 'https://xca.gov.vn/', 'https://sub.ca.gov.vn/', 'https://ca.gov.vn@attacker.example/', 'https://user:pass@ca.gov.vn/', 'https://ca.gov.vn:8443/',
  'https://ca.gov.vn/?q=noi-dung', 'https://ca.gov.vn/?', 'https://ca.gov.vn/#noi-dung', 'https://ca.gov.vn/%2e%2e/', `https://ca.gov.vn/${'a'.repeat(300)}`, 'https://ca.gov.vn//attacker.example', 'https://cа.gov.vn/', 'https://ca.gov.vn./',
  'mailto:a@ca.gov.vn', 'tel:113', 'file:///C:/Windows/System32/calc.exe', 'file://server/share/x.lnk', '\\\\server\\share\\x.exe', 'ms-settings:', 'search-ms:query=x', 'ms-msdt:/id', 'javascript:alert(1)', 'data:text/html,x', 'blob:app://van-thu/1',
  'app://van-thu/', 'vbscript:x', 'about:blank', 'HTTPS:ca.gov.vn', 'https://ca.gov.vn', 'https://CA.gov.vn/', 'ca.gov.vn', '', ' ', 'https://', 'https://[::1]/', 'https://127.0.0.1/', null, undefined, 7, {}, ['https://ca.gov.vn/'],
];

test('the state’s own pages may be opened, exactly as written', () => {
  for (const address of opened) assert.equal(openableLink(address), address);
});

test('every other address is shown and never opened', () => {
  for (const address of shown) {
    assert.equal(openableLink(address), null, JSON.stringify(address));
  }
});

test('a page is opened only when the person agrees, and asks once at a time', async () => {
  const questions: string[] = [];
  const done: string[] = [];
  let answer: (agrees: boolean) => void = () => assert.fail('nothing was asked');
  const open = createLinkOpener({
    ask: (address) => {
      questions.push(address);
      return new Promise((resolve) => (answer = resolve));
    },
    open: async (address) => void done.push(address),
  });
  const first = open('https://ca.gov.vn/');
  for (let time = 0; time < 100; time++) await open('https://rootca.gov.vn/');
  answer(false);
  await first;
  assert.deepEqual([questions, done], [['https://ca.gov.vn/'], []]);
  const second = open('https://ca.gov.vn/');
  answer(true);
  await second;
  assert.deepEqual(done, ['https://ca.gov.vn/']);
  await open('https://attacker.example/');
  assert.equal(questions.length, 2);
});
