import { parseArgs } from 'node:util';
import type { SignatureLevel } from '../../src-shared/domain/level.ts';
import { readAnchor } from '../../src-shared/protocol/audit-chain.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { AuditVerifyOptions } from './audit-verify.ts';
import type { AugmentOptions } from './augment.ts';
import { readBackup, readExport, type BackupCommand } from './backup-arguments.ts';
import type { CheckOptions } from './check.ts';
import type { DoctorOptions } from './doctor.ts';
import { readPackage, type PackageCommand } from './package-arguments.ts';
import { readMoment } from './read-moment.ts';
import type { RepairOptions } from './repair.ts';
import type { Secrets } from './secrets.ts';
import { readSign, type SignCommand } from './sign-arguments.ts';
import type { TokenListOptions } from './token-list.ts';
import type { VerifyFileOptions } from './verify.ts';

export type Command =
  | { readonly name: 'help' }
  | PackageCommand
  | BackupCommand
  | { readonly name: 'token list'; readonly options: TokenListOptions }
  /** PINs and passwords are read by the caller from the environment variables named in `secrets`. */
  | ({ readonly name: 'sign' } & SignCommand)
  | { readonly name: 'augment'; readonly options: Omit<AugmentOptions, 'password'>; readonly secrets: Secrets }
  | { readonly name: 'check'; readonly options: CheckOptions }
  | { readonly name: 'doctor'; readonly options: DoctorOptions }
  | { readonly name: 'audit verify'; readonly options: AuditVerifyOptions }
  | { readonly name: 'repair'; readonly options: RepairOptions }
  | { readonly name: 'verify'; readonly options: Omit<VerifyFileOptions, 'password'>; readonly secrets: Secrets };

/** `cli.usage` says which word was wrong. */
export function readCommand(argv: readonly string[]): Result<Command> {
  if (argv[0] === 'package') return parse(() => readPackage(argv.slice(1)));
  const [noun] = argv;
  if (noun === 'backup' || noun === 'recovery') return parse(() => readBackup(noun, argv.slice(1)));
  if (argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') return ok({ name: 'help' });
  const [verb, ...rest] = argv;
  switch (verb) {
    case 'token':
      return rest[0] === 'list' ? parse(() => readTokenList(rest.slice(1))) : usage(`token ${rest[0] ?? ''}`);
    case 'sign':
      return parse(() => {
        const read = readSign(rest);
        return read.ok ? ok({ name: 'sign', ...read.value }) : read;
      });
    case 'augment':
      return parse(() => readAugment(rest));
    case 'check':
      return parse(() => readCheck(rest));
    case 'export':
      return parse(() => readExport(rest));
    case 'doctor':
      return parse(() => readDoctor(rest));
    case 'audit':
      return rest[0] === 'verify' ? parse(() => readAuditVerify(rest.slice(1))) : usage(`audit ${rest[0] ?? ''}`);
    case 'repair':
      return parse(() => readRepair(rest));
    case 'verify':
      return parse(() => readVerify(rest));
    default:
      return usage(verb ?? 'van-thu');
  }
}

function usage(what: string): Result<never> {
  return fail('cli.usage', { what });
}

/** node:util throws on a word it does not know; its sentence names the word. */
function parse(read: () => Result<Command>): Result<Command> {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return usage(error.message.split('\n')[0]?.replace(/\.$/, '') ?? '');
    throw error;
  }
}

function readTokenList(args: readonly string[]): Result<Command> {
  const { values } = parseArgs({ args: [...args], options: { module: { type: 'string', multiple: true }, json: { type: 'boolean' } } });
  return ok({ name: 'token list', options: { modules: values.module ?? [], json: values.json ?? false } });
}

function readDoctor(args: readonly string[]): Result<Command> {
  const { values } = parseArgs({ args: [...args], options: { profile: { type: 'string' }, server: { type: 'string' }, module: { type: 'string', multiple: true }, json: { type: 'boolean' } } });
  if (values.server !== undefined && URL.parse(values.server) === null) return usage(`--server ${values.server}`);
  return ok({ name: 'doctor', options: { profile: values.profile ?? null, server: values.server ?? null, modules: values.module ?? [], json: values.json ?? false } });
}

function readAuditVerify(args: readonly string[]): Result<Command> {
  const { values, positionals: [file, extra] } = parseArgs({ args: [...args], allowPositionals: true, options: { expect: { type: 'string', multiple: true } } });
  if (file === undefined || extra !== undefined) return usage('audit verify');
  const expect = (values.expect ?? []).map((text) => readAnchor(text) ?? text);
  const wrong = expect.find((anchor) => typeof anchor === 'string');
  return wrong === undefined ? ok({ name: 'audit verify', options: { file, expect: expect.filter((anchor) => typeof anchor !== 'string') } }) : usage(`--expect ${wrong}`);
}

function readVerify(args: readonly string[]): Result<Command> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { trust: { type: 'string', multiple: true }, json: flag, at: text, offline: flag, proxy: text, 'no-look': flag, report: text, 'user-password-env': text } });
  if (positionals.length === 0) return usage('verify');
  const at = values.at === undefined ? null : readMoment(values.at);
  if (values.at !== undefined && at === null) return usage(`--at ${values.at}`);
  const { json = false, offline = false, proxy = '', report = null, trust = [] } = values;
  return ok({ name: 'verify', options: { paths: positionals, trust, json, at, offline, proxyUrl: proxy, look: values['no-look'] !== true, report }, secrets: { pinVariable: null, passwordVariable: values['user-password-env'] ?? null } });
}

const augmentLevels: Readonly<Record<string, Exclude<SignatureLevel, 'B-B'>>> = { t: 'B-T', lt: 'B-LT', lta: 'B-LTA' };

function readAugment(args: readonly string[]): Result<Command> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { out: text, level: text, tsa: text, proxy: text, trust: { type: 'string', multiple: true }, 'user-password-env': text } });
  const [input, extra] = positionals;
  if (input === undefined || extra !== undefined) return usage(`augment ${positionals.join(' ')}`.trim());
  const level = augmentLevels[values.level ?? 'lt'];
  if (level === undefined) return usage(`--level ${values.level}`);
  if (values.out === undefined) return usage('--out');
  if (values.tsa === undefined) return usage('--tsa');
  return ok({
    name: 'augment',
    options: { input, out: values.out, level, trust: values.trust ?? [], services: { tsaUrl: values.tsa, proxyUrl: values.proxy ?? '' } },
    secrets: { pinVariable: null, passwordVariable: values['user-password-env'] ?? null },
  });
}

function readCheck(args: readonly string[]): Result<Command> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { profile: text, 'key-env': text, json: { type: 'boolean' } } });
  const { profile, 'key-env': keyVariable, json = false } = values;
  if (profile === undefined) return usage('--profile');
  return keyVariable === undefined ? usage('--key-env') : ok({ name: 'check', options: { profile, keyVariable, json } });
}

function readRepair(args: readonly string[]): Result<Command> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { out: { type: 'string' } } });
  const [input, extra] = positionals;
  if (input === undefined || extra !== undefined) return usage(`repair ${positionals.join(' ')}`.trim());
  return values.out === undefined ? usage('--out') : ok({ name: 'repair', options: { input, out: values.out } });
}
