import { parseArgs } from 'node:util';
import { placement, type Placement } from '../../src-shared/contract/signing.ts';
import { localDate } from '../../src-shared/domain/ids.ts';
import type { SignatureLevel } from '../../src-shared/domain/level.ts';
import { copyForm } from '../../src-shared/domain/mark.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { digestNames } from '../ports/token.ts';
import type { Secrets } from './secrets.ts';
import type { SignDirection, SignWork } from './sign-document.ts';
import type { SignOptions } from './sign.ts';

/** `--step`: what the signature is for. Without it a plain signature, as before there were steps. */
export const steps = ['leader', 'issue', 'incoming', 'copy', 'appendix', 'comment'] as const;
export type Step = (typeof steps)[number];

const levels: Readonly<Record<string, SignatureLevel>> = { b: 'B-B', t: 'B-T', lt: 'B-LT', lta: 'B-LTA' };

export type SignCommand = { readonly options: Omit<SignOptions, 'pin' | 'password'>; readonly secrets: Secrets };

const text = { type: 'string' } as const;
const list = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;
const known = {
  'out': text, 'batch': text, 'module': list, 'token': text, 'cert': text, 'pin-env': text, 'pin-pad': flag, 'user-password-env': text,
  'step': text, 'profile': text, 'digest': text, 'page': text, 'rect': text, 'auto-place': flag, 'image': text, 'image-mm': text, 'field': text, 'reason': text, 'location': text,
  'number': text, 'date': text, 'form': text, 'organization': text, 'forward-to': text, 'file-code': text, 'text': text,
  'level': text, 'tsa': text, 'proxy': text, 'chain': list, 'trust': list,
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof known }>>['values'];

/** `cli.usage` names the word that was wrong or is missing. Throws what node:util throws. */
export function readSign(args: readonly string[]): Result<SignCommand> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: known });
  const [input, extra] = positionals;
  if (extra !== undefined || (input === undefined) === (values.batch === undefined)) return usage(`sign ${positionals.join(' ')}${values.batch === undefined ? '' : ` --batch ${values.batch}`}`.trim());
  const { out, module: modules, token, cert, profile = 'office', digest = 'sha256', level: levelName = 'b' } = values;
  for (const [name, value] of Object.entries({ out, module: modules, token, cert })) if (value === undefined) return usage(`--${name}`);
  const withPad = values['pin-pad'] ?? false;
  if ((values['pin-env'] === undefined) !== withPad) return usage('--pin-env | --pin-pad');
  if (profile !== 'office' && profile !== 'pades') return usage(`--profile ${profile}`);
  const digestName = digestNames.find((one) => one === digest);
  if (digestName === undefined) return usage(`--digest ${digest}`);
  const level = levels[levelName];
  if (level === undefined) return usage(`--level ${levelName}`);
  if (level !== 'B-B' && values.tsa === undefined) return usage(`--level ${levelName}, --tsa ?`);
  const work = readWork(values);
  if (!work.ok) return work;
  const direction = readDirection(values);
  if (!direction.ok) return direction;
  return ok({
    secrets: { pinVariable: values['pin-env'] ?? null, passwordVariable: values['user-password-env'] ?? null },
    options: {
      input: input ?? null, folder: values.batch ?? null, out: out!, modules: modules!, token: token!, certificate: cert!, digest: digestName,
      image: values.image ?? null, chain: values.chain ?? [], trust: values.trust ?? [],
      services: { tsaUrl: values.tsa ?? '', proxyUrl: values.proxy ?? '' },
      plan: { profile, level, reason: values.reason ?? null, location: values.location ?? '', field: values.field ?? null, direction: direction.value, work: work.value },
    },
  });
}

/** Each step takes the words that it prints, and says which of them is missing. */
function readWork(values: Values): Result<SignWork> {
  const step = steps.find((one) => one === values.step) ?? null;
  if (values.step !== undefined && step === null) return usage(`--step ${values.step}`);
  const organization = values.organization ?? null;
  const need = (...names: readonly ('number' | 'date' | 'text')[]): string | null => names.find((name) => values[name] === undefined) ?? null;
  const missing = step === 'issue' || step === 'incoming' || step === 'appendix' ? need('number', 'date') : step === 'comment' ? need('text') : null;
  if (missing !== null) return usage(`--step ${step}, --${missing} ?`);
  const date = values.date === undefined ? null : readDate(values.date);
  if (values.date !== undefined && date === null) return usage(`--date ${values.date}`);
  switch (step) {
    case null: return ok({ step: 'plain' });
    case 'leader': return ok({ step });
    case 'issue': return ok({ step, number: values.number!, date: date! });
    case 'appendix': return ok({ step, number: values.number!, date: date! });
    case 'incoming': return ok({ step, number: values.number!, date: date!, organization, forwardTo: values['forward-to'] ?? '', fileCode: values['file-code'] ?? '' });
    case 'comment': return ok({ step, text: values.text! });
    case 'copy': {
      const form = copyForm.safeParse(values.form ?? 'sao-y');
      return form.success ? ok({ step, form: form.data, organization }) : usage(`--form ${values.form}`);
    }
  }
}

function readDirection(values: Values): Result<SignDirection> {
  const place = readPlace(values.page, values.rect);
  if (!place.ok) return place;
  const auto = values['auto-place'] ?? false;
  if (auto && place.value !== null) return usage('--auto-place, --rect');
  // A picture without a place would silently not be drawn.
  if (values.image !== undefined && place.value === null && !auto && values.field === undefined) return usage('--image, --rect | --auto-place ?');
  const widthMm = values['image-mm'] === undefined ? null : Number(values['image-mm']);
  if (widthMm !== null && !(widthMm >= 5 && widthMm <= 120)) return usage(`--image-mm ${values['image-mm']}`);
  return ok({ place: place.value, auto, imageWidthMm: widthMm });
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

/** `2026-03-05` or `05/03/2026`, as `yyyy-mm-dd`. */
function readDate(given: string): string | null {
  const turned = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(given);
  const date = turned === null ? given : `${turned[3]}-${turned[2]!.padStart(2, '0')}-${turned[1]!.padStart(2, '0')}`;
  const parsed = localDate.safeParse(date);
  return parsed.success && !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date) ? date : null;
}

function usage(what: string): Result<never> {
  return fail('cli.usage', { what });
}
