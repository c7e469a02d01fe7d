import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PDFDocument } from '@cantoo/pdf-lib';
import { itextJar } from '../../support/judges-itext.ts';
import type { TestPki } from '../../support/pki.ts';

/** Names and values as a person types them; a tick is `true`. */
export type Values = Readonly<Record<string, string | true>>;
export type Who = 'leader' | 'organization';
export type Certify = 0 | 1 | 2 | 3;

/** Programs that are not ours, each writing an update of its own behind what is there. */
export type Tools = {
  readonly itextSign: (bytes: Uint8Array, who: Who, field: string, certify?: Certify, stamped?: boolean) => Promise<Uint8Array>;
  readonly itextFill: (bytes: Uint8Array, values: Values) => Promise<Uint8Array>;
  readonly itextInform: (bytes: Uint8Array, title: string) => Promise<Uint8Array>;
  /** A DSS with these certificates. */
  readonly itextStore: (bytes: Uint8Array, certificates: readonly Uint8Array[]) => Promise<Uint8Array>;
  readonly itextResave: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** `prepared`: into a field that is there. */
  readonly popplerSign: (bytes: Uint8Array, who: Who, field: string, prepared?: boolean) => Uint8Array;
  readonly pdfLibFill: (bytes: Uint8Array, values: Values) => Promise<Uint8Array>;
  readonly mutoolFill: (bytes: Uint8Array, values: Values) => Uint8Array;
  /** Into the first empty signature field. */
  readonly mutoolSign: (bytes: Uint8Array, who: Who) => Uint8Array;
  readonly close: () => void;
};

export function openTools(pki: TestPki, dir: string): Tools {
  const itext = startItext(dir);
  const work = join(dir, 'tools');
  mkdirSync(join(work, 'nss'), { recursive: true });
  const run = (command: string, ...words: readonly string[]): Buffer => execFileSync(command, words, { cwd: work, stdio: ['ignore', 'pipe', 'pipe'] });
  let count = 0;
  const through = (bytes: Uint8Array, change: (input: string, output: string) => void): Uint8Array => {
    const [input, output] = [join(work, `${count}-in.pdf`), join(work, `${count}-out.pdf`)];
    count += 1;
    writeFileSync(input, bytes);
    change(input, output);
    return read(output, bytes);
  };
  run('certutil', '-N', '-d', 'sql:nss', '--empty-password');
  for (const who of ['leader', 'organization'] as const) {
    for (const [file, password] of [[`${who}.p12`, ''], [`${who}-mutool.p12`, 'mat-khau']] as const) run('openssl', 'pkcs12', '-export', '-in', pki[who].pem, '-inkey', pki[who].key, '-certfile', pki.issuing.pem, '-name', who, '-out', file, '-passout', `pass:${password}`);
    run('pk12util', '-i', `${who}.p12`, '-d', 'sql:nss', '-W', '', '-K', '');
  }
  run('certutil', '-A', '-d', 'sql:nss', '-n', 'root', '-t', 'C,C,C', '-i', pki.root.pem);
  writeFileSync(join(work, 'fill.js'), fillProgram);
  writeFileSync(join(work, 'sign.js'), signProgram);
  return {
    itextSign: (bytes, who, field, certify = 0, stamped = false) => itext.run(bytes, (input, output) => ['sign', input, output, pki[who].pem, pki[who].key, field, String(certify), ...(stamped ? [pki.tsaConfig] : [])]),
    itextFill: (bytes, values) => itext.run(bytes, (input, output) => ['fill', input, output, ...Object.entries(values).map(([name, value]) => `${name}=${value === true ? 'Yes' : value.replaceAll('\n', '\\n')}`)]),
    itextInform: (bytes, title) => itext.run(bytes, (input, output) => ['inform', input, output, title]),
    itextStore: (bytes, certificates) => itext.run(bytes, (input, output) => ['store', input, output, ...certificates.map((der, i) => {
      const path = join(work, `stored-${i}.der`);
      writeFileSync(path, der);
      return path;
    })]),
    itextResave: (bytes) => itext.run(bytes, (input, output) => ['resave', input, output]),
    popplerSign: (bytes, who, field, prepared = false) => through(bytes, (input, output) => void run('pdfsig', input, output, ...(prepared ? ['-sign', field] : ['-add-signature', '-new-signature-field-name', field]), '-nick', who, '-nssdir', 'sql:nss', '-reason', 'Ky duyet')),
    pdfLibFill: fillWithPdfLib,
    mutoolFill: (bytes, values) => through(bytes, (input, output) => void run('mutool', 'run', 'fill.js', input, output, JSON.stringify(values))),
    mutoolSign: (bytes, who) => through(bytes, (input, output) => void run('mutool', 'run', 'sign.js', input, output, join(work, `${who}-mutool.p12`), 'mat-khau')),
    close: itext.close,
  };
}

function read(path: string, before: Uint8Array): Uint8Array {
  const after = new Uint8Array(readFileSync(path));
  assert.ok(after.length >= before.length && Buffer.compare(after.subarray(0, before.length), before) === 0, 'the tool appends and changes no earlier byte');
  return after;
}

/** One start of Java for all that iText does. */
function startItext(dir: string): { readonly run: (bytes: Uint8Array, words: (input: string, output: string) => readonly string[]) => Promise<Uint8Array>; readonly close: () => void } {
  const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const work = join(dir, 'itext');
  mkdirSync(work);
  execFileSync('javac', ['-nowarn', '-cp', itextJar, '-d', work, source('../../unit/verification/java/SignItext.java'), source('../java/ToolItext.java')], { stdio: 'pipe' });
  const child = spawn('java', ['-XX:TieredStopAtLevel=1', '-cp', `${itextJar}:${work}`, 'ToolItext'], { cwd: work, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  let turn: Promise<unknown> = Promise.resolve();
  let count = 0;
  return {
    run: (bytes, words) => {
      const one = turn.then(async () => {
        const [input, output] = [join(work, `${count}-in.pdf`), join(work, `${count}-out.pdf`)];
        count += 1;
        writeFileSync(input, bytes);
        child.stdin.write(`${words(input, output).join('\t')}\n`);
        const { value } = await answers.next();
        assert.equal(value, 'ok', `iText: ${String(value)}`);
        return read(output, bytes);
      });
      turn = one.catch(() => undefined);
      return one;
    },
    close: () => child.stdin.end(),
  };
}

/** Only what was filled is drawn and written. */
async function fillWithPdfLib(bytes: Uint8Array, values: Values): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { forIncrementalUpdate: true });
  const form = document.getForm();
  for (const [name, value] of Object.entries(values)) {
    const field = form.getField(name);
    if ('setText' in field && typeof field.setText === 'function') field.setText(value);
    else if (value === true && 'check' in field && typeof field.check === 'function') field.check();
    else if ('select' in field && typeof field.select === 'function') field.select(value);
    else assert.fail(`pdf-lib fills no field of the kind of ${name}`);
  }
  // its own Helvetica has no letters of Vietnamese: there the value alone is written, and nothing drawn
  if (Object.values(values).every((value) => value === true || /^[\x20-\x7e\n]*$/.test(value))) form.updateFieldAppearances();
  return Uint8Array.from(await document.commit());
}

/** mutool 1.21: a field is found by the name that it says of itself. */
const fillProgram = `
var doc = new Document(scriptArgs[0]), values = JSON.parse(scriptArgs[2]);
for (var p = 0; p < doc.countPages(); p += 1) {
  doc.loadPage(p).getWidgets().forEach(function (widget) {
    var name = widget.getLabel(), value = values[name];
    if (value === undefined) return;
    var type = widget.getFieldType();
    if (type === 'text') widget.setTextValue(value);
    else if (type === 'checkbox') widget.toggle();
    else if (type === 'combobox' || type === 'listbox') widget.setChoiceValue(value);
    else if (type === 'radiobutton') widget.toggle();
    widget.update();
  });
}
doc.save(scriptArgs[1], 'incremental');
`;

const signProgram = `
var doc = new Document(scriptArgs[0]), done = false;
for (var p = 0; p < doc.countPages(); p += 1) {
  doc.loadPage(p).getWidgets().forEach(function (widget) {
    if (done || widget.getFieldType() !== 'signature' || widget.isSigned()) return;
    widget.sign(new PDFPKCS7Signer(scriptArgs[2], scriptArgs[3]));
    done = true;
  });
}
if (!done) throw new Error('no empty signature field');
doc.save(scriptArgs[1], 'incremental');
`;
