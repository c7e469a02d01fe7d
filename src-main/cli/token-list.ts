import type { TokenCertificate } from '../../src-shared/contract/signing.ts';
import type { TokenInfo } from '../ports/token-types.ts';
import { createTokens } from '../token/client.ts';
import { discoverHere } from '../token/discover-here.ts';
import type { ExitCode, Terminal } from './output.ts';

export type TokenListOptions = { readonly modules: readonly string[]; readonly json: boolean };

/** Prints what is there. A driver that was asked for by name and does not work is exit 2; what others hold is printed all the same. */
export async function listTokens({ modules, json }: TokenListOptions, terminal: Terminal): Promise<ExitCode> {
  const drivers = modules.length > 0 ? modules : discoverHere();
  const port = createTokens({ drivers });
  try {
    const listed = await port.list();
    if (json) terminal.out(JSON.stringify(listed, null, 2));
    else for (const token of listed.tokens) terminal.out(describeToken(token));
    const problems = listed.drivers.flatMap((driver) => (driver.problem === null ? [] : [driver.problem]));
    for (const problem of problems) terminal.err(`${problem.code}: ${problem.message}`);
    return problems.length > 0 && modules.length > 0 ? 2 : 0;
  } finally {
    await port.close();
  }
}

const usableWords: Record<TokenCertificate['usable'], string> = {
  'ok': 'ký được',
  'expired': 'đã hết hạn',
  'not-yet-valid': 'chưa có hiệu lực',
  'wrong-usage': 'không dùng để ký',
  'weak-key': 'khóa quá yếu',
};

function describeToken({ label, serial, driver, pin, certificates }: TokenInfo): string {
  const state = pin.locked ? ' · PIN đã khóa' : pin.finalTry ? ' · PIN chỉ còn một lần thử' : pin.countLow ? ' · PIN sắp bị khóa' : '';
  const lines = certificates.map(({ label: name, commonName, organization, notAfter, usable, hasPrivateKey, thumbprint }) =>
    `  ${name}: ${commonName}${organization === '' ? '' : `, ${organization}`} · đến ${notAfter.slice(0, 10)} · ${usableWords[usable]}${hasPrivateKey ? '' : ' · không có khóa riêng'}\n    ${thumbprint}`);
  return [`${label} (${serial}) · ${driver}${state}`, ...lines].join('\n');
}
