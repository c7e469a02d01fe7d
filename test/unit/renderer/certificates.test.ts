import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canSign, choicesOf } from '../../../src-renderer/features/signing/certificates.ts';
import type { TokenCertificate, TokenInfo } from '../../../src-shared/contract/signing.ts';

function certificate(change: Partial<TokenCertificate>): TokenCertificate {
  return {
    thumbprint: 'aa', label: '', commonName: 'Nguyễn Đức Thắng', organization: '', issuer: '', notBefore: '', notAfter: '',
    holder: 'person', hasPrivateKey: true, usable: 'ok', ...change,
  };
}

function token(...certificates: TokenCertificate[]): TokenInfo {
  return { driver: 'd', label: 'USB', serial: '1', pin: { countLow: false, finalTry: false, locked: false, pad: false }, certificates };
}

test('the person’s own certificate is offered first, whatever the order on the token', () => {
  const seal = certificate({ thumbprint: 'seal', commonName: 'UBND xã Sơn Tịnh', holder: 'organization' });
  const stranger = certificate({ thumbprint: 'stranger', commonName: 'Lê Văn Hòa' });
  const own = certificate({ thumbprint: 'own' });
  const choices = choicesOf([token(seal, stranger), token(own)], { holder: 'person', name: 'Nguyễn Đức Thắng' });
  assert.deepEqual(choices.map((choice) => choice.certificate.thumbprint), ['own', 'stranger', 'seal']);
  assert.equal(choicesOf([token(own, seal)], { holder: 'organization', name: 'UBND xã Sơn Tịnh' })[0]?.certificate, seal);
});

test('a certificate that cannot sign comes last and is never the choice', () => {
  const expired = certificate({ thumbprint: 'old', usable: 'expired' });
  const keyless = certificate({ thumbprint: 'keyless', hasPrivateKey: false });
  const seal = certificate({ thumbprint: 'seal', holder: 'organization' });
  const [first] = choicesOf([token(expired, keyless, seal)], { holder: 'person', name: 'Nguyễn Đức Thắng' });
  assert.equal(first?.certificate, seal);
  assert.deepEqual([expired, keyless, seal].map(canSign), [false, false, true]);
});

test('an issuer’s certificate on the token is not offered, a signer’s that lost its key is', () => {
  const issuer = certificate({ thumbprint: 'issuer', hasPrivateKey: false, usable: 'wrong-usage' });
  const keyless = certificate({ thumbprint: 'keyless', hasPrivateKey: false });
  assert.deepEqual(choicesOf([token(issuer, keyless)], { holder: 'person', name: '' }).map((choice) => choice.certificate), [keyless]);
});
