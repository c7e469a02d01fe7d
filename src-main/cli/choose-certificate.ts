import type { TokenCertificate } from '../../src-shared/contract/signing.ts';
import type { AppError } from '../../src-shared/result.ts';
import type { TokenInfo } from '../ports/token-types.ts';
import { quoteAll } from './output.ts';

export type Choice = { readonly certificate: TokenCertificate } | { readonly error: AppError; readonly hint: string };

/** By label first, then by name, then by thumbprint; several that fit are never guessed between. */
export function chooseCertificate(tokens: readonly TokenInfo[], tokenLabel: string, certificateName: string): Choice {
  const wanted = tokens.filter((token) => token.label.normalize('NFC') === tokenLabel.normalize('NFC'));
  if (wanted.length === 0) return { error: { code: 'token.absent' }, hint: `--token “${tokenLabel}”; đang có: ${quoteAll(tokens.map((token) => token.label))}` };
  const certificates = wanted.flatMap((token) => token.certificates);
  const name = certificateName.normalize('NFC');
  const fitting = [
    certificates.filter((one) => one.label.normalize('NFC') === name),
    certificates.filter((one) => one.commonName === name),
    certificates.filter((one) => one.thumbprint === name.toLowerCase()),
  ].find((found) => found.length > 0) ?? [];
  if (fitting.length === 0) return { error: { code: 'token.certificate-missing' }, hint: `--cert “${certificateName}”; đang có: ${quoteAll(certificates.map((one) => one.label))}` };
  const withKey = fitting.filter((one) => one.hasPrivateKey);
  const [first, second] = withKey;
  if (first === undefined) return { error: { code: 'token.key-missing' }, hint: `--cert “${certificateName}”` };
  if (second !== undefined) return { error: { code: 'cli.usage', params: { what: `--cert “${certificateName}”` } }, hint: `nhiều chứng thư cùng tên, hãy dùng dấu vân tay: ${withKey.map((one) => one.thumbprint).join(', ')}` };
  return { certificate: first };
}
