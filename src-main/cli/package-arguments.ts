import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../src-shared/result.ts';

export type PackageCommand =
  | { readonly name: 'package help' }
  | { readonly name: 'package make'; readonly options: { readonly profile: string; readonly keyVariable: string; readonly out: string; readonly whole: boolean } }
  | { readonly name: 'package show'; readonly options: { readonly file: string; readonly json: boolean } }
  | { readonly name: 'package carry'; readonly options: { readonly file: string; readonly server: string; readonly user: string; readonly passwordVariable: string; readonly json: boolean } };

export const packageHelp = `van-thu package: mang việc đi bằng tay khi mất mạng dài ngày · work carried by hand through a long outage

  van-thu package make --profile THƯ_MỤC --key-env BIẾN --out TỆP.vtgoi|THƯ_MỤC [--whole]
      Niêm việc đang chờ gửi của bàn làm việc thành một tệp cho máy chủ của tỉnh; chương trình phải đang đóng.
      Seals what waits at the desk into one file for the province's server; the program must be closed.
        --profile   thư mục dữ liệu của chương trình · the program's data folder
        --key-env   biến chứa khóa của dữ liệu, 64 chữ số hex · variable with the data's key, 64 hex digits
        --whole     kèm trọn mọi tệp, cả tệp máy chủ đã có · every file whole, those that the server has too

  van-thu package show TỆP [--json]
      Gói của ai, bao nhiêu việc; không mở được nội dung. · Whose it is and how much it holds; its content stays closed.

  van-thu package carry TỆP --server URL --user TÊN --password-env BIẾN [--json]
      Đưa gói (của mình hoặc của người khác) lên máy chủ; đứt mạng thì chạy lại để gửi tiếp, đưa hai lần không sao.
      Brings a package, one's own or another's, to the server; run again after a cut, twice does no harm.

Mã thoát · Exit: 0 mọi việc đã có hiệu lực · everything has its effect | 1 có việc không được nhận · some was refused | 2 không làm được · cannot
`;

/** Throws node:util's own error on a word that it does not know, as the other commands do. `cli.usage` says what is missing. */
export function readPackage(args: readonly string[]): Result<PackageCommand> {
  const [verb, ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || verb === undefined) return ok({ name: 'package help' });
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const missing = (what: string) => fail('cli.usage', { what });
  switch (verb) {
    case 'make': {
      const { values } = parseArgs({ args: rest, options: { profile: text, 'key-env': text, out: text, whole: flag } });
      const { profile, 'key-env': keyVariable, out, whole = false } = values;
      if (profile === undefined) return missing('--profile');
      if (keyVariable === undefined) return missing('--key-env');
      return out === undefined ? missing('--out') : ok({ name: 'package make', options: { profile, keyVariable, out, whole } });
    }
    case 'show': {
      const { values, positionals: [file, extra] } = parseArgs({ args: rest, allowPositionals: true, options: { json: flag } });
      return file === undefined || extra !== undefined ? missing('package show') : ok({ name: 'package show', options: { file, json: values.json ?? false } });
    }
    case 'carry': {
      const { values, positionals: [file, extra] } = parseArgs({ args: rest, allowPositionals: true, options: { server: text, user: text, 'password-env': text, json: flag } });
      const { server, user, 'password-env': passwordVariable, json = false } = values;
      if (file === undefined || extra !== undefined) return missing('package carry');
      if (server === undefined) return missing('--server');
      if (user === undefined) return missing('--user');
      return passwordVariable === undefined ? missing('--password-env') : ok({ name: 'package carry', options: { file, server, user, passwordVariable, json } });
    }
    default:
      return missing(`package ${verb}`);
  }
}
