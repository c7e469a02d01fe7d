import { recentCrashes, type Crash } from './crash.ts';

/** What a machine, its line and its signing device were found to be. No name, no title, no PIN, no key: it may be sent to whoever helps. */
export type MachineFacts = {
  readonly version: string;
  readonly system: string;
  readonly now: string;
  /** Null where the disk would not say. */
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  /** Null: nobody has a desk here yet. */
  readonly database: { readonly deskBytes: number; readonly contentBytes: number; readonly logBytes: number } | null;
  /** Null: no server is known here yet. `skewMs`: this machine's clock less the server's. */
  readonly server: { readonly host: string; readonly outcome: 'answers' | 'other' | 'unreachable' | 'untrusted'; readonly tookMs: number; readonly skewMs: number | null } | null;
  /** By the system's environment, or by the office's way of signing. */
  readonly proxy: boolean;
  readonly drivers: readonly { readonly driver: string; readonly problem: string | null }[];
  readonly tokens: readonly {
    readonly driver: string;
    readonly pin: { readonly countLow: boolean; readonly finalTry: boolean; readonly locked: boolean };
    readonly certificates: readonly { readonly notAfter: string; readonly usable: string; readonly hasPrivateKey: boolean }[];
  }[];
  /** What fell in the last days, the latest first; null where it is not known. */
  readonly crashes: readonly Crash[] | null;
  /** Null where there is no desk. */
  readonly work: { readonly waiting: number; readonly problems: number; readonly conflicts: number } | null;
};

export const checkIds = ['database', 'disk', 'clock', 'server', 'driver', 'token', 'certificate', 'pin', 'work', 'crashes'] as const;
export type CheckId = (typeof checkIds)[number];
export const checkStates = ['ok', 'warn', 'bad', 'unknown'] as const;
export type CheckState = (typeof checkStates)[number];
export type Check = { readonly id: CheckId; readonly state: CheckState; readonly says: SentenceKey; readonly params: Readonly<Record<string, string | number>> };

const gb = 1_000_000_000;
/** A day's scans, and room for what signing and a backup need beside them. */
const diskLowBytes = 5 * gb;
const diskFullBytes = 0.5 * gb;
/** A signature's claimed time is the machine's: minutes are seen by people, an hour by verifiers. */
const clockOffMs = 2 * 60_000;
const clockWrongMs = 60 * 60_000;
/** What renewing a certificate takes in practice. */
const renewDays = 60;
const dayMs = 86_400_000;

/** One line for each thing that must be right, in the order in which a person would look. */
export function judgeMachine(facts: MachineFacts): readonly Check[] {
  return [checkDatabase(facts), checkDisk(facts), checkClock(facts), checkServer(facts), checkDriver(facts), checkToken(facts), checkCertificate(facts), checkPin(facts), checkWork(facts), checkCrashes(facts)];
}

function checkDatabase({ database }: MachineFacts): Check {
  if (database === null) return say('database', 'unknown', 'database.none');
  // a log that is not taken into the file means that something holds it open, or that the disk refuses
  const state = database.logBytes > 512_000_000 ? 'warn' : 'ok';
  return say('database', state, state === 'ok' ? 'database.ok' : 'database.log', { desk: inMb(database.deskBytes), content: inMb(database.contentBytes), log: inMb(database.logBytes) });
}

function checkDisk({ disk }: MachineFacts): Check {
  if (disk === null) return say('disk', 'unknown', 'disk.unknown');
  const params = { free: (disk.freeBytes / gb).toFixed(1) };
  if (disk.freeBytes < diskFullBytes) return say('disk', 'bad', 'disk.full', params);
  return disk.freeBytes < diskLowBytes ? say('disk', 'warn', 'disk.low', params) : say('disk', 'ok', 'disk.ok', params);
}

function checkClock({ server }: MachineFacts): Check {
  const skewMs = server?.skewMs ?? null;
  if (skewMs === null) return say('clock', 'unknown', 'clock.unknown');
  const off = Math.abs(skewMs);
  const params = { minutes: Math.round(off / 60_000), way: skewMs > 0 ? 'fast' : 'slow' };
  if (off < clockOffMs) return say('clock', 'ok', 'clock.ok');
  return say('clock', off < clockWrongMs ? 'warn' : 'bad', skewMs > 0 ? 'clock.fast' : 'clock.slow', params);
}

function checkServer({ server, proxy }: MachineFacts): Check {
  if (server === null) return say('server', 'unknown', 'server.none');
  const params = { host: server.host, seconds: (server.tookMs / 1000).toFixed(1) };
  switch (server.outcome) {
    case 'answers':
      return say('server', server.tookMs > 5000 ? 'warn' : 'ok', server.tookMs > 5000 ? 'server.slow' : 'server.ok', params);
    case 'other':
      return say('server', 'bad', 'server.other', params);
    case 'untrusted':
      return say('server', 'bad', 'server.untrusted', params);
    case 'unreachable':
      return say('server', 'bad', proxy ? 'server.behindProxy' : 'server.unreachable', params);
  }
}

function checkDriver({ drivers }: MachineFacts): Check {
  const working = drivers.filter(({ problem }) => problem === null);
  if (working.length > 0) return say('driver', 'ok', 'driver.ok', { drivers: working.map(({ driver }) => driver).join(', ') });
  const broken = drivers.find(({ problem }) => problem !== null && problem !== 'token.driver-missing');
  if (broken === undefined) return say('driver', 'bad', 'driver.missing');
  return say('driver', 'bad', broken.problem === 'token.driver-32-bit' ? 'driver.32-bit' : 'driver.broken', { driver: broken.driver });
}

function checkToken({ drivers, tokens }: MachineFacts): Check {
  if (tokens.length > 0) return say('token', 'ok', 'token.ok', { count: tokens.length });
  return drivers.some(({ problem }) => problem === null) ? say('token', 'warn', 'token.absent') : say('token', 'unknown', 'token.unknown');
}

function checkCertificate({ tokens, now }: MachineFacts): Check {
  const own = tokens.flatMap(({ certificates }) => certificates).filter(({ hasPrivateKey }) => hasPrivateKey);
  if (tokens.length === 0) return say('certificate', 'unknown', 'certificate.unknown');
  const usable = own.filter((one) => one.usable === 'ok').toSorted((a, b) => b.notAfter.localeCompare(a.notAfter))[0];
  if (usable === undefined) return say('certificate', 'bad', own.some((one) => one.usable === 'expired') ? 'certificate.expired' : 'certificate.none');
  const days = Math.floor((Date.parse(usable.notAfter) - Date.parse(now)) / dayMs);
  return say('certificate', days <= renewDays ? 'warn' : 'ok', days <= renewDays ? 'certificate.soon' : 'certificate.ok', { days });
}

function checkPin({ tokens }: MachineFacts): Check {
  if (tokens.length === 0) return say('pin', 'unknown', 'pin.unknown');
  if (tokens.some(({ pin }) => pin.locked)) return say('pin', 'bad', 'pin.locked');
  if (tokens.some(({ pin }) => pin.finalTry)) return say('pin', 'warn', 'pin.final');
  return tokens.some(({ pin }) => pin.countLow) ? say('pin', 'warn', 'pin.low') : say('pin', 'ok', 'pin.ok');
}

function checkWork({ work }: MachineFacts): Check {
  if (work === null) return say('work', 'unknown', 'work.unknown');
  const params = { ...work };
  if (work.problems + work.conflicts > 0) return say('work', 'warn', 'work.problems', params);
  return say('work', 'ok', work.waiting > 0 ? 'work.waiting' : 'work.none', params);
}

/** Once may be chance, and is told all the same: who helps sees what it was. */
function checkCrashes({ crashes, now }: MachineFacts): Check {
  if (crashes === null) return say('crashes', 'unknown', 'crashes.unknown');
  const recent = recentCrashes(crashes, new Date(now));
  const [last] = recent;
  if (last === undefined) return say('crashes', 'ok', 'crashes.none');
  return say('crashes', 'warn', last.reason === 'oom' ? 'crashes.memory' : 'crashes.some', { count: recent.length, day: last.at.slice(0, 10).split('-').toReversed().join('/') });
}

function say(id: CheckId, state: CheckState, says: SentenceKey, params: Check['params'] = {}): Check {
  return { id, state, says, params };
}

function inMb(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

/** What each finding is in words: what was found, and what to do about it. */
const sentences = {
  'database.ok': { vi: 'Cơ sở dữ liệu của bàn làm việc: {desk} MB, tệp văn bản: {content} MB.', en: 'The desk’s database: {desk} MB; files of documents: {content} MB.' },
  'database.log': { vi: 'Nhật ký ghi của cơ sở dữ liệu lớn bất thường ({log} MB). Hãy đóng mọi cửa sổ của chương trình rồi mở lại.', en: 'The database’s write log is unusually large ({log} MB). Close every window of the program and open it again.' },
  'database.none': { vi: 'Máy này chưa có bàn làm việc nào.', en: 'There is no desk on this machine yet.' },
  'disk.ok': { vi: 'Ổ đĩa còn trống {free} GB.', en: '{free} GB of the disk are free.' },
  'disk.low': { vi: 'Ổ đĩa chỉ còn trống {free} GB. Hãy dọn bớt tệp không cần đến.', en: 'Only {free} GB of the disk are free. Remove files that are not needed.' },
  'disk.full': { vi: 'Ổ đĩa sắp hết chỗ ({free} GB): sắp tới sẽ không lưu được gì thêm. Hãy dọn ổ đĩa ngay.', en: 'The disk is nearly full ({free} GB): soon nothing more can be kept. Make room now.' },
  'disk.unknown': { vi: 'Không đọc được dung lượng ổ đĩa.', en: 'The disk’s free space could not be read.' },
  'clock.ok': { vi: 'Đồng hồ của máy đúng với máy chủ.', en: 'This machine’s clock agrees with the server’s.' },
  'clock.fast': { vi: 'Đồng hồ của máy nhanh {minutes} phút so với máy chủ. Hãy chỉnh giờ Windows trước khi ký.', en: 'This machine’s clock is {minutes} minutes fast. Set it right before signing.' },
  'clock.slow': { vi: 'Đồng hồ của máy chậm {minutes} phút so với máy chủ. Hãy chỉnh giờ Windows trước khi ký.', en: 'This machine’s clock is {minutes} minutes slow. Set it right before signing.' },
  'clock.unknown': { vi: 'Chưa so được đồng hồ vì máy chủ không trả lời.', en: 'The clock could not be compared: the server did not answer.' },
  'server.ok': { vi: 'Máy chủ {host} trả lời sau {seconds} giây.', en: 'The server {host} answers after {seconds} seconds.' },
  'server.slow': { vi: 'Máy chủ {host} trả lời chậm ({seconds} giây). Vẫn làm việc được; việc gửi sẽ lâu hơn.', en: 'The server {host} answers slowly ({seconds} seconds). Work goes on; sending takes longer.' },
  'server.other': { vi: 'Địa chỉ {host} có trả lời nhưng không phải máy chủ Văn Thư. Hãy kiểm tra mạng có đòi đăng nhập không.', en: '{host} answers, but is not the province’s server. See whether the network wants a sign-in.' },
  'server.untrusted': { vi: 'Chứng thư của máy chủ {host} không được tin cậy. Hãy kiểm tra ngày giờ của máy, rồi báo người quản trị.', en: 'The certificate of {host} is not trusted. Check this machine’s date, then tell the administrator.' },
  'server.unreachable': { vi: 'Không tới được máy chủ {host}. Vẫn làm việc được; hãy kiểm tra dây mạng hoặc mạng của cơ quan.', en: 'The server {host} cannot be reached. Work goes on; check the cable or the office’s network.' },
  'server.behindProxy': { vi: 'Không tới được máy chủ {host}; máy này dùng proxy. Hãy hỏi người quản trị mạng về proxy.', en: 'The server {host} cannot be reached; this machine uses a proxy. Ask the network’s administrator about it.' },
  'server.none': { vi: 'Chưa đăng nhập vào máy chủ nào.', en: 'Nobody has signed in to a server yet.' },
  'driver.ok': { vi: 'Phần mềm của thiết bị ký chạy được: {drivers}.', en: 'The token’s software runs: {drivers}.' },
  'driver.missing': { vi: 'Chưa cài phần mềm của thiết bị ký. Hãy cài từ đĩa hoặc trang của nơi cấp.', en: 'The token’s software is not installed. Install it from its maker.' },
  'driver.32-bit': { vi: 'Phần mềm {driver} là bản 32 bit, chương trình cần bản 64 bit. Hãy cài bản 64 bit của nơi cấp.', en: '{driver} is a 32-bit version and this program needs 64 bits. Install its maker’s 64-bit version.' },
  'driver.broken': { vi: 'Phần mềm {driver} có trên máy nhưng không chạy được. Hãy cài lại.', en: '{driver} is here but does not run. Install it again.' },
  'token.ok': { vi: 'Số thiết bị ký đang cắm: {count}.', en: 'Tokens plugged in: {count}.' },
  'token.absent': { vi: 'Chưa thấy thiết bị ký. Hãy cắm lại, thử cổng USB khác.', en: 'No token is seen. Plug it in again, or try another port.' },
  'token.unknown': { vi: 'Chưa tìm được thiết bị ký vì chưa có phần mềm của nó.', en: 'No token can be looked for without its software.' },
  'certificate.ok': { vi: 'Chứng thư số còn hạn {days} ngày.', en: 'The certificate is good for {days} more days.' },
  'certificate.soon': { vi: 'Chứng thư số chỉ còn hạn {days} ngày. Hãy làm thủ tục gia hạn ngay.', en: 'The certificate ends in {days} days. Ask for its renewal now.' },
  'certificate.expired': { vi: 'Chứng thư số đã hết hạn. Không ký được cho đến khi gia hạn.', en: 'The certificate has expired. Nothing can be signed until it is renewed.' },
  'certificate.none': { vi: 'Thiết bị không có chứng thư nào ký được.', en: 'The token has no certificate that can sign.' },
  'certificate.unknown': { vi: 'Chưa xem được chứng thư vì chưa thấy thiết bị.', en: 'No certificate can be seen without a token.' },
  'pin.ok': { vi: 'Mã PIN không bị khóa.', en: 'The PIN is not locked.' },
  'pin.low': { vi: 'Đã có người nhập sai PIN. Hãy cẩn thận khi nhập.', en: 'A wrong PIN was entered before. Type with care.' },
  'pin.final': { vi: 'PIN chỉ còn một lần nhập. Nhập sai nữa là khóa; nếu không chắc, hãy hỏi nơi cấp.', en: 'One try of the PIN is left. If unsure, ask the token’s issuer first.' },
  'pin.locked': { vi: 'PIN đã bị khóa. Chỉ nơi cấp mở được.', en: 'The PIN is locked. Only its issuer can open it.' },
  'pin.unknown': { vi: 'Chưa xem được PIN vì chưa thấy thiết bị.', en: 'Nothing is known of a PIN without a token.' },
  'work.none': { vi: 'Mọi việc đã được gửi.', en: 'Everything has been sent.' },
  'work.waiting': { vi: 'Việc chờ gửi: {waiting}. Tự gửi khi có mạng.', en: 'Deeds waiting to be sent: {waiting}. They go by themselves when there is a line.' },
  'work.problems': { vi: 'Việc cần xử lý: {problems}; xung đột: {conflicts}. Hãy mở “Cần xử lý” và “Chờ bạn chọn”.', en: 'Deeds that need you: {problems}; clashes: {conflicts}. Open the folders that hold them.' },
  'crashes.none': { vi: 'Bảy ngày qua chương trình không tự dừng lần nào.', en: 'The program has not stopped by itself in the last seven days.' },
  'crashes.some': { vi: 'Bảy ngày qua chương trình tự dừng {count} lần, gần nhất ngày {day}. Dữ liệu vẫn nguyên; hãy lưu bản kê này và gửi cho người hỗ trợ.', en: 'The program stopped by itself {count} times in the last seven days, the last time on {day}. The data is as it was; save this report and send it to whoever helps.' },
  'crashes.memory': { vi: 'Bảy ngày qua chương trình tự dừng {count} lần, gần nhất ngày {day} vì máy hết bộ nhớ. Dữ liệu vẫn nguyên; hãy đóng bớt chương trình khác.', en: 'The program stopped by itself {count} times in the last seven days, the last time on {day} because the machine was out of memory. The data is as it was; close other programs.' },
  'crashes.unknown': { vi: 'Bàn này không có sổ ghi những lần chương trình tự dừng.', en: 'This desk has no record of when the program stopped by itself.' },
  'work.unknown': { vi: 'Chưa có bàn làm việc để xem việc chờ gửi.', en: 'There is no desk whose work could be looked at.' },
} as const satisfies Readonly<Record<string, { readonly vi: string; readonly en: string }>>;
export type SentenceKey = keyof typeof sentences;
export const sentenceKeys = Object.keys(sentences) as readonly SentenceKey[];

export function describeCheck({ says, params }: Pick<Check, 'says' | 'params'>, locale: 'vi' | 'en'): string {
  return sentences[says][locale].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}
