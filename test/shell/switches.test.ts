import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findForbiddenSwitch } from '../../src-main/shell/switches.ts';

test('a command line that takes a wall down is found, however it is written', () => {
  const found: readonly (readonly [word: string, platform: NodeJS.Platform, name: string])[] = [
    ['--remote-debugging-port=9222', 'win32', 'remote-debugging-port'], ['--remote-debugging-pipe', 'linux', 'remote-debugging-pipe'], ['-no-sandbox', 'linux', 'no-sandbox'], ['/no-sandbox', 'win32', 'no-sandbox'],
    ['--No-Sandbox', 'win32', 'no-sandbox'], ['--inspect=0.0.0.0:9229', 'win32', 'inspect'], ['--disable-web-security', 'darwin', 'disable-web-security'], ['--renderer-cmd-prefix=calc.exe', 'win32', 'renderer-cmd-prefix'],
    ['--host-rules=MAP * 127.0.0.1', 'win32', 'host-rules'], ['--user-data-dir=C:\\x', 'win32', 'user-data-dir'],
  ];
  for (const [word, platform, name] of found) assert.equal(findForbiddenSwitch(['van-thu', 'x.pdf', word], platform), name, word);
});

test('what the system and a person give is left alone', () => {
  for (const words of [[], ['C:\\Users\\nga\\Công văn.pdf'], ['--allow-file-access'], ['/home/nga/inspect'], ['--updated'], ['--', '--no-sandbox']]) assert.equal(findForbiddenSwitch(['van-thu', ...words], 'linux'), null, words.join(' '));
});
