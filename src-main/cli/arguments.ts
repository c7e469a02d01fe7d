import { parseArgs } from 'node:util';
import { placement, type Placement } from '../../src-shared/contract/signing.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { SignOptions } from './sign.ts';
import type { TokenListOptions } from './token-list.ts';
import type { VerifyFileOptions } from './verify.ts';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'token list'; readonly options: TokenListOptions }
  /** The PIN is read by the caller from the environment variable named here. */
  | { readonly name: 'sign'; readonly options: Omit<SignOptions, 'pin'>; readonly pinVariable: string }
  | { readonly name: 'verify'; readonly options: VerifyFileOptions };

/** `cli.usage` says which word was wrong. */
export function readCommand(argv: readonly string[]): Result<Command> {
  if (argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') return ok({ name: 'help' });
  const [verb, ...rest] = argv;
  switch (verb) {
    case 'token':
      return rest[0] === 'list' ? parse(() => readTokenList(rest.slice(1))) : usage(`token ${rest[0] ?? ''}`);
    case 'sign':
      return parse(() => readSign(rest));
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

function readVerify(args: readonly string[]): Result<Command> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { trust: { type: 'string', multiple: true }, json: { type: 'boolean' } } });
  const [file, extra] = positionals;
  if (file === undefined || extra !== undefined) return usage(`verify ${positionals.join(' ')}`.trim());
  return ok({ name: 'verify', options: { file, trust: values.trust ?? [], json: values.json ?? false } });
}

function readSign(args: readonly string[]): Result<Command> {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'out': text, 'module': list, 'token': text, 'cert': text, 'pin-env': text, 'profile': text, 'page': text, 'rect': text,
      'image': text, 'field': text, 'reason': text, 'location': text, 'chain': list,
    },
  });
  const [input, extra] = positionals;
  if (input === undefined || extra !== undefined) return usage(`sign ${positionals.join(' ')}`.trim());
  const { out, module: modules, token, cert, 'pin-env': pinVariable, profile = 'office' } = values;
  if (out === undefined) return usage('--out');
  if (modules === undefined) return usage('--module');
  if (token === undefined) return usage('--token');
  if (cert === undefined) return usage('--cert');
  if (pinVariable === undefined) return usage('--pin-env');
  if (profile !== 'office' && profile !== 'pades') return usage(`--profile ${profile}`);
  const place = readPlace(values.page, values.rect);
  if (!place.ok) return place;
  // A picture without a place would silently not be drawn.
  if (values.image !== undefined && place.value === null && values.field === undefined) return usage('--image, --rect ?');
  return ok({
    name: 'sign',
    pinVariable,
    options: {
      input, out, modules, token, certificate: cert, profile, place: place.value,
      image: values.image ?? null, field: values.field ?? null, reason: values.reason ?? '', location: values.location ?? '', chain: values.chain ?? [],
    },
  });
}

/** `x,y,w,h` in mm from the top left; a decimal point, since the comma separates. */
function readPlace(page: string | undefined, rect: string | undefined): Result<Placement | null> {
  const number = Number(page ?? '1');
  if (!Number.isSafeInteger(number) || number < 1) return usage(`--page ${page}`);
  if (rect === undefined) return ok(null);
  const parts = rect.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [x, y, width, height] = parts;
  const parsed = parts.length === 4 ? placement.safeParse({ page: number, rect: { x, y, width, height } }) : null;
  return parsed?.success === true ? ok(parsed.data) : usage(`--rect ${rect}`);
}
