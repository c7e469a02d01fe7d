import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { trustManifest, type TrustManifest } from '../src-shared/protocol/trust.ts';
import { findAuthorityFault, fingerprintOf, manifestName, readCertificateOf, readManifest, readTrustFolder, signatureName } from './features/trust-folder.ts';

const usage = `van-thu-server trust-list FOLDER [options]

Makes FOLDER/${manifestName}: the list of certificates by which the desks of the province judge signatures, out of the certificates that lie in FOLDER
(.pem .crt .cer .der, one in each file). Compare every fingerprint that is printed with a second source before the list is served: whoever stands in it
as an anchor is believed by every office.
  --anchor FILE   hold this one to be an anchor though another authority issued it (may be given again);
                  else what is signed with its own key is an anchor, and any other only completes chains
  --number N      the list's number; desks take none that is not higher. Default: one more than the list that is there
  --date DAY      yyyy-mm-dd; default today
  --note TEXT     kept with the list
  --text FILE     write the list as it is sent, for signing it:
                  openssl cms -sign -binary -md sha256 -signer S.pem -inkey S.key -in FILE -outform DER -out FOLDER/${signatureName}
  --check         make nothing: say whether FOLDER is in order as it is
  --help          this text
A server reads the folder "trust" in its --dir, or what --trust names, and notices by itself when it changes.
`;

type Entry = TrustManifest['certificates'][number];
const day = 86_400_000;

/** Answers the exit code: 0 made or in order, 1 the folder has a fault, 2 wrong usage. */
export function runTrustList(args: readonly string[], write: (text: string) => void, now: Date = new Date()): number {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: { anchor: { type: 'string', multiple: true }, number: { type: 'string' }, date: { type: 'string' }, note: { type: 'string' }, text: { type: 'string' }, check: { type: 'boolean' }, help: { type: 'boolean' } } });
  } catch (error) {
    write(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const { values, positionals: [folder, ...more] } = parsed;
  if (values.help === true) {
    write(usage);
    return 0;
  }
  const number = values.number === undefined ? null : Number(values.number);
  if (folder === undefined || more.length > 0 || (number !== null && !(Number.isInteger(number) && number >= 1))) {
    write(usage);
    return 2;
  }
  if (values.check !== true) {
    const made = makeManifest(folder, { anchors: values.anchor ?? [], number, dated: values.date ?? now.toISOString().slice(0, 10), note: values.note ?? null });
    if (typeof made === 'string') {
      write(`${made}\n`);
      return 1;
    }
    const file = path.join(folder, manifestName);
    writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  }
  return report(folder, values.text ?? null, write, now);
}

/** The manifest of what lies there, or the first fault. What an earlier one said of a certificate (name, source, since when) stays. */
function makeManifest(folder: string, asked: { readonly anchors: readonly string[]; readonly number: number | null; readonly dated: string; readonly note: string | null }): TrustManifest | string {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => /\.(pem|crt|cer|der)$/.test(name)).sort();
  } catch {
    return `${folder} is no folder that can be read`;
  }
  const unknown = asked.anchors.find((name) => !names.includes(name));
  if (unknown !== undefined) return `--anchor ${unknown}: there is no such certificate in ${folder}`;
  const before = readManifest(folder);
  const known = new Map(typeof before === 'string' ? [] : before.certificates.map((each) => [each.sha256, each]));
  const certificates: Entry[] = [];
  for (const file of names) {
    const certificate = readCertificateOf(folder, file);
    if (typeof certificate === 'string') return `${file} ${certificate}`;
    const role = asked.anchors.includes(file) || certificate.verify(certificate.publicKey) ? 'anchor' : 'intermediate';
    const fault = findAuthorityFault(certificate, role);
    if (fault !== null) return `${file} ${fault}`;
    const sha256 = fingerprintOf(certificate);
    const old = known.get(sha256);
    const name = /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? certificate.subject.replaceAll('\n', ', ');
    certificates.push({ file, role, sha256, name: (old?.name ?? name).slice(0, 200), notAfter: new Date(certificate.validTo).toISOString().slice(0, 10), since: old?.since ?? asked.dated, source: old?.source ?? null, status: 'shipped' });
  }
  const version = asked.number ?? (typeof before === 'string' ? 1 : before.version + 1);
  const manifest = trustManifest.safeParse({ schema: 2, version, dated: asked.dated, note: asked.note ?? (typeof before === 'string' ? '' : before.note), certificates });
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`;
}

function report(folder: string, textFile: string | null, write: (text: string) => void, now: Date): number {
  const read = readTrustFolder(folder);
  if (!read.ok) {
    write(`${read.reason}\n`);
    return 1;
  }
  const manifest = readManifest(folder);
  if (typeof manifest === 'string') {
    write(`${manifest}\n`);
    return 1;
  }
  write(`List no. ${manifest.version} of ${manifest.dated}\n`);
  for (const { file, role, name, sha256, notAfter } of manifest.certificates) {
    const left = Math.floor((Date.parse(notAfter ?? '') - now.getTime()) / day);
    write(`\n${role === 'anchor' ? 'ANCHOR' : 'helps'}  ${name}  (${file})\n        until ${notAfter}${left < 0 ? ', HAS ENDED' : left < 90 ? `, ends in ${left} days` : ''}\n        SHA-256 ${(sha256.toUpperCase().match(/.{4}/g) ?? []).join(' ')}\n`);
  }
  if (manifest.certificates.length === 0) write('\nIt is empty: no signature can be judged by it.\n');
  write(`\n${read.value.answer.signature === null ? 'Not signed.' : `With a signature (${signatureName}); make it anew whenever the list changes.`}\n`);
  if (textFile !== null) writeFileSync(textFile, read.value.answer.list);
  return 0;
}
