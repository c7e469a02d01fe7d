import { join } from 'node:path';
import type { AppError } from '../../src-shared/result.ts';
import { version } from '../backend/version.ts';
import { exportAll } from '../backup/export.ts';
import { checkBackup, previewRestore, type RestorePreview } from '../backup/look.ts';
import { makeBackup } from '../backup/make.ts';
import { listBackups } from '../backup/manifest.ts';
import { makeSheet } from '../backup/recovery.ts';
import { finishRestore, prepareRestore, putBack as putBackProfile } from '../backup/restore.ts';
import { findProfile, profileFile } from '../office/profile.ts';
import { readFacts } from '../store/facts.ts';
import type { BackupCommand } from './backup-arguments.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';

type OptionsOf<N extends BackupCommand['name']> = Extract<BackupCommand, { readonly name: N; readonly options: unknown }>['options'];
const now = (): Date => new Date();

export async function runBackup(command: Exclude<BackupCommand, { readonly name: 'backup help' }>, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  switch (command.name) {
    case 'recovery new': return newSheet(command.options, env, terminal);
    case 'backup make': return make(command.options, env, terminal);
    case 'backup list': return list(command.options, terminal);
    case 'backup check': return check(command.options, env, terminal);
    case 'backup preview': return preview(command.options, env, terminal);
    case 'backup restore': return restore(command.options, env, terminal);
    case 'export': return exportFiles(command.options, env, terminal);
    case 'backup put-back': return putBack(command.options, terminal);
  }
}

function newSheet({ profile, keyVariable, json }: OptionsOf<'recovery new'>, env: NodeJS.ProcessEnv, terminal: Terminal): ExitCode {
  const key = takeKey(env, keyVariable);
  if (key === null) return refuseVariable(terminal, keyVariable);
  const found = findProfile(profile);
  if (!found.ok) return refuse(terminal, found.error);
  if (found.value === null) return refuse(terminal, { code: 'file.unreadable', params: { path: profileFile(profile) } });
  // a sheet for another key than the data's would open nothing on the day it is needed
  const opens = readFacts({ dir: join(profile, 'desk'), key });
  if (!opens.ok) return refuse(terminal, opens.error);
  const { sheet, phrase } = makeSheet(profile, key, now());
  terminal.out(json ? JSON.stringify({ sheet, phrase }) : `Phiếu khôi phục · Recovery sheet ${sheet}\n\n    ${phrase}\n\nMã này không hiện lại và không được lưu ở đâu. Hãy chép tay, cất trong tủ khóa, xa máy này.\nIt is shown once and kept nowhere. Write it down and lock it away from this machine.`);
  return 0;
}

async function make({ profile, keyVariable, target, json }: OptionsOf<'backup make'>, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  const key = takeKey(env, keyVariable);
  if (key === null) return refuseVariable(terminal, keyVariable);
  const made = await makeBackup({ profileDir: profile, key, target, program: version, now });
  if (!made.ok) return refuse(terminal, made.error);
  const { folder, sizeBytes, removed } = made.value;
  terminal.out(json
    ? JSON.stringify({ folder, sizeBytes, removed })
    : `Đã sao lưu · Backed up: ${folder} (${sizeBytes} byte)${removed.map((name) => `\nĐã bỏ bản cũ · Removed: ${name}`).join('')}`);
  return 0;
}

function list({ target, json }: OptionsOf<'backup list'>, terminal: Terminal): ExitCode {
  const listed = listBackups(target);
  if (!listed.ok) return refuse(terminal, listed.error);
  if (json) terminal.out(JSON.stringify(listed.value.map(({ folder, sizeBytes, complete, manifest: { unit, user, madeAt, sheet, program } }) => ({ folder, sizeBytes, complete, unit: unit.code, user, madeAt, sheet, program }))));
  else if (listed.value.length === 0) terminal.out('Không có bản sao nào. · There are no backups.');
  else for (const { name, sizeBytes, complete, manifest: { unit, person, sheet } } of listed.value) terminal.out(`${name}  ${unit.name}, ${person}, ${sizeBytes} byte, phiếu · sheet ${sheet}${complete ? '' : '  THIẾU HOẶC HỎNG · NOT WHOLE'}`);
  return listed.value.every(({ complete }) => complete) ? 0 : 1;
}

async function check({ folder, phraseVariable, json }: OptionsOf<'backup check'>, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  const phrase = phraseVariable === null ? null : take(env, phraseVariable);
  if (phraseVariable !== null && phrase === null) return refuseVariable(terminal, phraseVariable, '--phrase-env');
  const checked = await checkBackup(folder, phrase === null ? null : { phrase });
  if (!checked.ok) return refuse(terminal, checked.error);
  const { damaged, report } = checked.value;
  const whole = damaged.length === 0 && (report === null || report.faults.length === 0);
  if (json) terminal.out(JSON.stringify({ damaged, report }));
  else if (whole) terminal.out(report === null ? 'Nguyên vẹn từng byte; chưa mở ra xét bên trong. · Every byte is as it was made; not looked into.' : `Nguyên vẹn: ${report.contents} nội dung. · Whole: contents ${report.contents}.`);
  else terminal.out(`KHÔNG NGUYÊN VẸN · NOT WHOLE: ${[...damaged, ...(report?.faults ?? []).map(({ kind }) => kind)].join(', ')}`);
  return whole ? 0 : 1;
}

function preview({ folder, profile, keyVariable, phraseVariable, json }: OptionsOf<'backup preview'>, env: NodeJS.ProcessEnv, terminal: Terminal): ExitCode {
  const key = takeKey(env, keyVariable);
  if (key === null) return refuseVariable(terminal, keyVariable);
  const phrase = take(env, phraseVariable);
  if (phrase === null) return refuseVariable(terminal, phraseVariable, '--phrase-env');
  const shown = previewRestore(folder, { phrase }, { profileDir: profile, key });
  if (!shown.ok) return refuse(terminal, shown.error);
  terminal.out(json ? JSON.stringify(shown.value) : wordsOf(shown.value));
  return 0;
}

async function restore({ folder, profile, keyVariable, phraseVariable, json }: OptionsOf<'backup restore'>, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  const key = takeKey(env, keyVariable);
  if (key === null) return refuseVariable(terminal, keyVariable);
  const phrase = take(env, phraseVariable);
  if (phrase === null) return refuseVariable(terminal, phraseVariable, '--phrase-env');
  const prepared = await prepareRestore({ profileDir: profile, key, folder, phrase, now });
  if (!prepared.ok) return refuse(terminal, prepared.error);
  const finished = finishRestore(profile, now());
  // what is ready goes into place when the program is next opened
  if (!finished.ok) return refuse(terminal, finished.error);
  terminal.out(json
    ? JSON.stringify({ documents: prepared.value.documents, madeAt: prepared.value.manifest.madeAt })
    : `Đã khôi phục ${prepared.value.documents} văn bản, sao lưu lúc ${prepared.value.manifest.madeAt}. Hãy mở chương trình có mạng một lần trước khi cấp số. · Restored, documents: ${prepared.value.documents}. Open the program with a line once before numbering.`);
  return 0;
}

function putBack({ profile }: OptionsOf<'backup put-back'>, terminal: Terminal): ExitCode {
  const done = putBackProfile(profile, now());
  if (!done.ok) return refuse(terminal, done.error);
  terminal.out(`Đã trả lại · Put back: ${done.value.from}`);
  return 0;
}

async function exportFiles({ profile, keyVariable, out, json }: OptionsOf<'export'>, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  const key = takeKey(env, keyVariable);
  if (key === null) return refuseVariable(terminal, keyVariable);
  const done = await exportAll({
    profileDir: profile, key, out,
    onDocument: (count, of) => { if (count % 500 === 0) terminal.err(`${count}/${of}`); },
  });
  if (!done.ok) return refuse(terminal, done.error);
  const { documents, written, kept, missing } = done.value;
  terminal.out(json
    ? JSON.stringify(done.value)
    : `${documents} văn bản: ghi ${written} tệp, đã có ${kept}, không có trên máy ${missing}. · Documents ${documents}: files written ${written}, there already ${kept}, not on this machine ${missing}.`);
  return 0;
}

function wordsOf({ manifest, backup, present }: RestorePreview): string {
  const day = (ms: number | null): string => (ms === null ? '–' : new Date(ms).toISOString());
  const facts = (of: RestorePreview['backup']): string => [
    `  văn bản · documents: ${of.documents}, mới nhất · newest: ${day(of.newestMs)}`,
    `  chờ gửi · waiting to be sent: ${of.waiting}`,
    ...of.books.map(({ book, next }) => `  sổ · book ${book}: số cuối · last number ${next - 1}`),
  ].join('\n');
  return `${manifest.unit.name}, ${manifest.person}, ${manifest.madeAt}\nBản sao · Backup\n${facts(backup)}\nDữ liệu đang có · Present data\n${present === null ? '  –' : facts(present)}`;
}

/** Taken out of the environment: nothing that is started from here inherits it. */
function take(env: NodeJS.ProcessEnv, name: string): string | null {
  const value = env[name];
  delete env[name];
  return value === undefined || value === '' ? null : value;
}

function takeKey(env: NodeJS.ProcessEnv, name: string): Uint8Array | null {
  const hex = take(env, name) ?? '';
  return /^[0-9a-f]{64}$/i.test(hex) ? Buffer.from(hex, 'hex') : null;
}

function refuseVariable(terminal: Terminal, name: string, option = '--key-env'): ExitCode {
  const error: AppError = { code: 'cli.usage', params: { what: `${option} ${name}` } };
  return refuse(terminal, error);
}
