import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenPackageReasons, type PackageSignature } from '../../../src-shared/domain/package-signature.ts';
import { packageWords } from '../../../src-renderer/features/incoming/package-words.ts';
import { translate, type Translate } from '../../../src-renderer/i18n/translate.ts';

for (const locale of ['vi', 'en'] as const) {
  test(`how a package was signed is a sentence of its own for each way (${locale})`, () => {
    const t: Translate = (key, params) => translate(locale, key, params);
    const ways: readonly PackageSignature[] = [
      { state: 'none' }, { state: 'intact', legacy: false, signer: 'Trục tỉnh' }, { state: 'intact', legacy: true, signer: 'Trục tỉnh' }, ...brokenPackageReasons.map((why) => ({ state: 'broken', why }) as const),
    ];
    const said = ways.map((way) => packageWords(way, t));
    assert.equal(new Set(said).size, ways.length);
    assert.ok(said.every((words) => !/[{}]|package\.\w/.test(words)), said.join('\n'));
    assert.match(said[2] ?? '', /Trục tỉnh.*SHA-1/);
  });
}
