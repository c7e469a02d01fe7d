import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TokenPort } from '../../ports/token.ts';
import { createTokens } from '../../token/client.ts';
import { combineTokens } from '../../token/combine.ts';
import { discoverDrivers } from '../../token/discover.ts';
import { findKeyOf, openPkcs12, readPkcs12 } from '../../token/pkcs12.ts';
import { provisionToken } from '../../token/provision.ts';
import { createSoftTokens } from '../../token/soft.ts';
import { makePracticePki, type PracticeHolder } from './make-pki.ts';
import { writePkcs12 } from './write-pkcs12.ts';

/** One desk's token: its holder's certificate and its own PIN. `id` becomes a folder name. */
export type PracticeTokenHolder = PracticeHolder & { readonly pin: string };

export type PracticeTokens = {
  /** `softhsm`: through PKCS#11, as a real token; `pkcs12`: key files, where SoftHSM2 is not installed. */
  readonly kind: 'softhsm' | 'pkcs12';
  /** One desk's own token, as if alone in its machine. */
  readonly openTokens: (id: string) => TokenPort;
  /** All of them behind one port. */
  readonly createTokens: () => TokenPort;
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly thumbprints: ReadonlyMap<string, string>;
};

export type InstallOptions = {
  /** SoftHSM2's library; null makes key files. Looked for where it is not given. */
  readonly softHsm?: string | null;
  readonly hostPath?: string;
  readonly provisionHostPath?: string;
  readonly now?: Date;
};

/**
 * The practice office's tokens, kept in `dir`. The keys always lie there as PKCS#12 too, so that signatures made earlier keep their
 * certificates when SoftHSM2 comes or goes. A second call uses what is there; it is made anew when holders, PINs or the year ask for it.
 */
export async function installPracticeTokens(dir: string, holders: readonly PracticeTokenHolder[], options: InstallOptions = {}): Promise<PracticeTokens> {
  const now = options.now ?? new Date();
  const softHsm = options.softHsm === undefined ? findSoftHsm() : options.softHsm;
  if (!(await isInstalled(dir, holders, now))) await makeKeys(dir, holders, now);
  const installed = readManifest(dir);
  if (installed === null) throw new Error('the practice tokens were not written');
  const pki = { root: readFileSync(join(dir, 'root.der')), issuing: readFileSync(join(dir, 'issuing.der')) };
  const made = softHsm !== null && (await Promise.all(holders.map((holder) => ensureSoftHsmToken(join(dir, holder.id), holder, softHsm, pki.issuing, options)))).every(Boolean);

  const openTokens = (id: string): TokenPort => {
    const holder = holders.find((one) => one.id === id);
    if (holder === undefined) throw new Error(`no practice token for ${id}`);
    const at = join(dir, id);
    return made
      ? createTokens({ drivers: [softHsm], env: { SOFTHSM2_CONF: join(at, 'softhsm2.conf') }, ...(options.hostPath === undefined ? {} : { hostPath: options.hostPath }) })
      : createSoftTokens({ pkcs12: [{ label: tokenLabel(holder), path: join(at, 'key.p12') }] });
  };
  return {
    kind: made ? 'softhsm' : 'pkcs12',
    openTokens,
    createTokens: () => combineTokens(...holders.map(({ id }) => openTokens(id))),
    anchors: [pki.root],
    intermediates: [pki.issuing],
    thumbprints: new Map(installed.holders.map(({ id, thumbprint }) => [id, thumbprint])),
  };
}

const manifest = z.object({
  schema: z.literal(1),
  /** Made anew after this instant: a year before the certificates end. */
  freshUntil: z.iso.datetime(),
  holders: z.array(z.object({ id: z.string(), kind: z.enum(['person', 'organization']), commonName: z.string(), organization: z.string(), thumbprint: z.string() })),
});

function readManifest(dir: string): z.infer<typeof manifest> | null {
  const path = join(dir, 'installed.json');
  if (!existsSync(path)) return null;
  try {
    const parsed = manifest.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    // Cut off while it was written: the same as none.
    return null;
  }
}

async function isInstalled(dir: string, holders: readonly PracticeTokenHolder[], now: Date): Promise<boolean> {
  const installed = readManifest(dir);
  if (installed === null || now.toISOString() > installed.freshUntil || installed.holders.length !== holders.length) return false;
  const fit = await Promise.all(holders.map(async ({ id, kind, commonName, organization, pin }) => {
    const known = installed.holders.find((one) => one.id === id);
    const path = join(dir, id, 'key.p12');
    if (known === undefined || known.kind !== kind || known.commonName !== commonName || known.organization !== organization || !existsSync(path)) return false;
    return (await openPkcs12(readPkcs12(readFileSync(path)), pin)) !== null;
  }));
  return fit.every(Boolean);
}

/** The manifest is written last: what was cut off half-way is made anew. */
async function makeKeys(dir: string, holders: readonly PracticeTokenHolder[], now: Date): Promise<void> {
  rmSync(dir, { recursive: true, force: true });
  const pki = await makePracticePki(holders, now);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'root.der'), pki.root);
  writeFileSync(join(dir, 'issuing.der'), pki.issuing);
  const made = await Promise.all(holders.map(async (holder) => {
    const own = pki.holders.find((one) => one.id === holder.id);
    if (own === undefined) throw new Error(`no certificate for ${holder.id}`);
    mkdirSync(join(dir, holder.id));
    const file = await writePkcs12({ label: tokenLabel(holder), certificates: [own.certificate, pki.issuing], pkcs8: own.pkcs8, password: holder.pin });
    writeFileSync(join(dir, holder.id, 'key.p12'), file, { mode: 0o600 });
    const { id, kind, commonName, organization } = holder;
    return { id, kind, commonName, organization, thumbprint: thumbprintOf(own.certificate) };
  }));
  const freshUntil = new Date(now);
  freshUntil.setUTCFullYear(now.getUTCFullYear() + 2);
  const content: z.infer<typeof manifest> = { schema: 1, freshUntil: freshUntil.toISOString(), holders: made };
  writeFileSync(join(dir, 'installed.json'), JSON.stringify(content, null, 2));
}

/** False when SoftHSM2 would not take it: practice then goes on with the key files. */
async function ensureSoftHsmToken(dir: string, holder: PracticeTokenHolder, driver: string, issuing: Uint8Array, options: InstallOptions): Promise<boolean> {
  const tokens = join(dir, 'tokens');
  const conf = join(dir, 'softhsm2.conf');
  const configure = (tokenDir: string): void => writeFileSync(conf, `directories.tokendir = ${tokenDir}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  if (!existsSync(tokens)) {
    const partial = join(dir, 'tokens.partial');
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial);
    configure(partial);
    const opened = await openPkcs12(readPkcs12(readFileSync(join(dir, 'key.p12'))), holder.pin);
    const certificate = opened?.certificates[0];
    const key = certificate === undefined ? null : findKeyOf(certificate, opened?.keys ?? []);
    if (certificate === undefined || key === null) return false;
    const label = tokenLabel(holder);
    const provisioned = await provisionToken({
      driver, env: { SOFTHSM2_CONF: conf }, label, pin: holder.pin, soPin: holder.pin,
      entries: [
        { label: holder.commonName, certificate, pkcs8: key.export({ format: 'der', type: 'pkcs8' }) },
        { label: 'LUYỆN TẬP', certificate: issuing, pkcs8: null },
      ],
      ...(options.provisionHostPath === undefined ? {} : { hostPath: options.provisionHostPath }),
    });
    if (!provisioned.ok) return false;
    renameSync(partial, tokens);
  }
  // Written at every start: the profile's folder may have moved.
  configure(tokens);
  return true;
}

function tokenLabel(holder: PracticeTokenHolder): string {
  return holder.kind === 'person' ? 'Lãnh đạo' : 'Văn thư';
}

function findSoftHsm(): string | null {
  const paths = discoverDrivers({ platform: process.platform, exists: existsSync, extra: process.env['SOFTHSM2_MODULE'] === undefined ? [] : [process.env['SOFTHSM2_MODULE']] });
  return paths.find((path) => /softhsm2?[^/\\]*$/i.test(path)) ?? null;
}

function thumbprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex');
}
