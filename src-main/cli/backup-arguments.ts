import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../src-shared/result.ts';

type Own = { readonly profile: string; readonly keyVariable: string; readonly json: boolean };
type Opening = Own & { readonly folder: string; readonly phraseVariable: string };

export type BackupCommand =
  | { readonly name: 'backup help' }
  | { readonly name: 'backup make'; readonly options: Own & { readonly target: string } }
  | { readonly name: 'backup list'; readonly options: { readonly target: string; readonly json: boolean } }
  | { readonly name: 'backup check'; readonly options: { readonly folder: string; readonly phraseVariable: string | null; readonly json: boolean } }
  | { readonly name: 'backup preview'; readonly options: Opening }
  | { readonly name: 'backup restore'; readonly options: Opening }
  | { readonly name: 'backup put-back'; readonly options: { readonly profile: string } }
  | { readonly name: 'recovery new'; readonly options: Own }
  | { readonly name: 'export'; readonly options: Own & { readonly out: string } };

export const backupHelp = `van-thu backup, van-thu recovery: sao lưu, khôi phục · backups and the way back

  van-thu recovery new --profile THƯ_MỤC --key-env BIẾN [--json]
      Tạo phiếu khôi phục mới và in mã ra một lần duy nhất: hãy chép tay, cất xa máy. Phiếu cũ vẫn mở các bản sao cũ.
      Makes a new recovery sheet and prints its code once: write it down, keep it away from the machine. An older sheet opens older backups.

  van-thu backup make --profile THƯ_MỤC --key-env BIẾN --to THƯ_MỤC [--json]
      Sao lưu toàn bộ, mã hóa, cả khi chương trình đang mở; giữ 7 ngày, 4 tuần, 12 tháng gần nhất.
      A whole encrypted backup, also while the program is open; keeps the last 7 days, 4 weeks, 12 months.
        --profile   thư mục dữ liệu của chương trình · the program's data folder
        --key-env   biến chứa khóa của dữ liệu, 64 chữ số hex · variable with the data's key, 64 hex digits

  van-thu backup list THƯ_MỤC [--json]
  van-thu backup check BẢN_SAO [--phrase-env BIẾN] [--json]
      Đọc lại bản sao: từng byte so với lúc sao lưu; có mã khôi phục thì xét cả cấu trúc, nội dung, nhật ký.
      Reads a backup: every byte against its making; with the recovery code also structure, contents and audit.

  van-thu backup preview|restore BẢN_SAO --profile THƯ_MỤC --key-env BIẾN --phrase-env BIẾN [--json]
      Xem trước, rồi khôi phục; chương trình phải đang đóng. Dữ liệu cũ được giữ cạnh đó với tên …before-restore-….
      Shows what would come, then restores; the program must be closed. The old data stays beside it.
        --key-env   khóa của máy này · the key of this machine     --phrase-env  mã trên phiếu khôi phục · the code on the sheet

  van-thu backup put-back --profile THƯ_MỤC
      Trả lại dữ liệu đã có trước lần khôi phục gần nhất. · Puts back what was there before the last restore.

Mã thoát · Exit: 0 xong, nguyên vẹn · done, whole | 1 bản sao không nguyên vẹn · a backup is not whole | 2 không làm được · cannot
`;

/** Throws node:util's own error on a word that it does not know, as the other commands do. `cli.usage` says what is missing. */
export function readBackup(noun: 'backup' | 'recovery', args: readonly string[]): Result<BackupCommand> {
  const [verb, ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || verb === undefined) return ok({ name: 'backup help' });
  const text = { type: 'string' } as const;
  const { values, positionals: [place, extra] } = parseArgs({ args: rest, allowPositionals: true, options: { profile: text, 'key-env': text, to: text, 'phrase-env': text, json: { type: 'boolean' } } });
  const missing = (what: string) => fail('cli.usage', { what });
  const { profile, 'key-env': keyVariable, to: target, 'phrase-env': phraseVariable, json = false } = values;
  if (extra !== undefined) return missing(`${noun} ${verb} ${extra}`);
  const wanted = `${noun} ${verb}`;
  switch (wanted) {
    case 'recovery new':
    case 'backup make': {
      if (profile === undefined) return missing('--profile');
      if (keyVariable === undefined) return missing('--key-env');
      if (wanted === 'recovery new') return ok({ name: wanted, options: { profile, keyVariable, json } });
      return target === undefined ? missing('--to') : ok({ name: wanted, options: { profile, keyVariable, target, json } });
    }
    case 'backup list':
      return place === undefined ? missing(wanted) : ok({ name: wanted, options: { target: place, json } });
    case 'backup check':
      return place === undefined ? missing(wanted) : ok({ name: wanted, options: { folder: place, phraseVariable: phraseVariable ?? null, json } });
    case 'backup preview':
    case 'backup restore': {
      if (place === undefined) return missing(wanted);
      if (profile === undefined) return missing('--profile');
      if (keyVariable === undefined) return missing('--key-env');
      return phraseVariable === undefined ? missing('--phrase-env') : ok({ name: wanted, options: { folder: place, profile, keyVariable, phraseVariable, json } });
    }
    case 'backup put-back':
      return profile === undefined ? missing('--profile') : ok({ name: wanted, options: { profile } });
    default:
      return missing(wanted);
  }
}

/** As `readBackup`. */
export function readExport(args: readonly string[]): Result<BackupCommand> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { profile: text, 'key-env': text, out: text, json: { type: 'boolean' } } });
  const { profile, 'key-env': keyVariable, out, json = false } = values;
  if (profile === undefined) return fail('cli.usage', { what: '--profile' });
  if (keyVariable === undefined) return fail('cli.usage', { what: '--key-env' });
  return out === undefined ? fail('cli.usage', { what: '--out' }) : ok({ name: 'export', options: { profile, keyVariable, out, json } });
}
