import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { organizationCode } from '../../src-shared/domain/ids.ts';
import type { AxisSettings } from '../gateway/open.ts';
import { logLevels } from './log.ts';

const folder = z.string().min(1);
/** The publisher's keys that come with this server. */
const shippedKeys = fileURLToPath(new URL('../../resources/update-keys.json', import.meta.url));
const seconds = z.number().nonnegative().max(600);

const officeCode = z.string().max(35).regex(/^[A-Y][0-9]{2}(?:\.[0-9A-Z]+)*$/);
const axis = z.strictObject({
  units: z.array(officeCode).min(1),
  pollSeconds: z.number().min(1).max(3600).default(10),
  retrySeconds: z.tuple([z.number().min(1).max(3600), z.number().min(1).max(86_400)]).default([10, 900]),
  signing: z.strictObject({ key: folder, certificate: folder }).optional(),
  channel: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('folder'), dir: folder, settleSeconds: z.number().min(0).max(600).default(2) }),
    z.strictObject({
      kind: z.literal('http'), url: z.url({ protocol: /^https?$/ }), systemId: z.string().regex(/^[\x21-\x7e]{1,100}$/), from: officeCode,
      mostMb: z.int().min(1).max(1024).default(50), ca: folder.optional(),
      answerSeconds: z.number().min(1).max(600).default(60), idleSeconds: z.number().min(1).max(600).default(60), totalSeconds: z.number().min(1).max(7200).default(1800),
    }),
  ]),
});

/** What stands in a configuration file. Secrets do not: they come from the environment. `resources/server/config.example.json` explains each key. */
const config = z.strictObject({
  listen: z.strictObject({ host: z.string().min(1).default('127.0.0.1'), port: z.int().min(0).max(65_535).default(8480) }).prefault({}),
  dir: folder,
  contentDir: folder.optional(),
  trustDir: folder.optional(),
  updates: z.strictObject({ dir: folder, keys: folder.default(shippedKeys) }).optional(),
  storage: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sqlite') }),
    z.strictObject({
      kind: z.literal('postgres'),
      url: z.string().regex(/^postgres(?:ql)?:\/\//).refine((url) => !/^[a-z]+:\/\/[^@/]*:[^@/]+@/.test(url), { error: 'no password here' }),
      connections: z.int().min(2).max(200).default(10),
    }),
  ]).default({ kind: 'sqlite' }),
  node: z.string().regex(/^[\w.-]{1,40}$/).optional(),
  publicHosts: z.array(z.string().min(1)).default([]),
  proxies: z.array(z.string().min(1)).default(['127.0.0.1', '::1']),
  shedding: z.strictObject({ underWay: z.int().positive().optional(), loopDelayMs: z.int().positive().optional(), poolQueue: z.int().positive().optional() }).default({}),
  stop: z.strictObject({ drainSeconds: seconds.default(2), deadlineSeconds: seconds.default(25) }).prefault({}),
  axis: axis.optional(),
  // readers: units that see every unit, besides the province's own; publicFeed: counts for anybody, off unless the province wants it (NĐ 13/2023: no person stands in it)
  figures: z.strictObject({ everyMinutes: z.int().min(1).max(1440).default(60), readers: z.array(organizationCode).max(100).default([]), publicFeed: z.boolean().default(false) }).prefault({}),
  log: z.strictObject({ level: z.enum(logLevels).default('info') }).prefault({}),
});
export type ServerConfig = Omit<z.infer<typeof config>, 'axis'> & { /** Off where it is null. */ readonly axis: AxisSettings | null; /** Of the database. */ readonly password: string | null; /** Opens `/metrics` from elsewhere. */ readonly metricsToken: string | null };

export type Environment = Readonly<Record<string, string | undefined>>;
export type ConfigResult = { readonly ok: true; readonly config: ServerConfig } | { readonly ok: false; readonly faults: readonly string[] };

export const passwordVariable = 'VAN_THU_DATABASE_PASSWORD';
export const metricsVariable = 'VAN_THU_METRICS_TOKEN';
export const axisVariable = 'VAN_THU_AXIS_SECRET';
export const axisPassphraseVariable = 'VAN_THU_AXIS_KEY_PASSPHRASE';

/** The file's settings, or what is wrong with each key, in Vietnamese and English. */
export function readConfig(file: string, environment: Environment): ConfigResult {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { ok: false, faults: [`Không đọc được tệp cấu hình ${file}. / The file cannot be read: ${(error as Error).message}`] };
  }
  return parseConfig(text, environment);
}

/** JSON in which lines that begin with `//` say something to people. */
export function parseConfig(text: string, environment: Environment): ConfigResult {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''));
  } catch (error) {
    return { ok: false, faults: [`Tệp cấu hình không phải JSON. / It is no JSON: ${(error as Error).message}`] };
  }
  const parsed = config.safeParse(value);
  if (!parsed.success) return { ok: false, faults: parsed.error.issues.flatMap(describe) };
  const metricsToken = environment[metricsVariable] ?? null;
  if (metricsToken !== null && metricsToken.length < 16) return { ok: false, faults: [`Biến môi trường ${metricsVariable} phải dài ít nhất 16 ký tự. / It needs at least 16 characters.`] };
  const settings = axisOf(parsed.data.axis, environment[axisVariable] ?? '', environment[axisPassphraseVariable]);
  if (settings === undefined) return { ok: false, faults: [`Khóa "axis.channel": thiếu biến môi trường ${axisVariable} (khóa bí mật của hệ thống trên Trục liên thông, ít nhất 8 ký tự). / The environment variable is missing or too short.`] };
  return { ok: true, config: { ...parsed.data, axis: settings, password: environment[passwordVariable] ?? null, metricsToken } };
}

/** Undefined: there is no secret, and there has to be one. */
function axisOf(given: z.infer<typeof axis> | undefined, secret: string, passphrase: string | undefined): AxisSettings | null | undefined {
  if (given === undefined) return null;
  const { channel, signing, ...others } = given;
  const rest = { ...others, ...(signing === undefined ? {} : { signing: { ...signing, ...(passphrase === undefined ? {} : { passphrase }) } }) };
  if (channel.kind === 'folder') return { ...rest, channel };
  return secret.length < 8 ? undefined : { ...rest, channel: { ...channel, secret } };
}

function describe(issue: z.core.$ZodIssue): string[] {
  const key = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => `Khóa "${[...issue.path, name].join('.')}" không có trong mẫu cấu hình; hãy kiểm tra chính tả. / This key is unknown.`);
  if (issue.message === 'no password here') return [`Khóa "${key}": không ghi mật khẩu vào tệp; hãy đặt biến môi trường ${passwordVariable}. / No password in the file; set the environment variable.`];
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined')) return [`Thiếu khóa "${key}" (bắt buộc). / This key is missing.`];
  return [`Khóa "${key}" có giá trị không hợp lệ (${issue.message}). / This value is not valid.`];
}
