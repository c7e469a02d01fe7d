import { dayMonthYear, instantAt, type WorkCalendar } from '../../src-shared/domain/calendar.ts';
import type { DocumentKind, Urgency } from '../../src-shared/domain/document.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';

/**
 * What a year brings to a commune's desk. Days are `mm-dd`, on the next working day where the office is closed. In words, `{year}`, `{last}`, `{next}`, `{month}` and `{quarter}` are those of the
 * day; `{+5}` is the fifth working day after it.
 */
type Letter = {
  readonly key: string;
  readonly on: string;
  readonly time: string;
  readonly from: 'department' | 'province';
  readonly kind: DocumentKind;
  readonly notation: string;
  readonly urgency: Urgency;
  readonly title: string;
  readonly body: readonly string[];
  /** Replaces an earlier letter of the same year. */
  readonly replaces?: string;
};
type Recall = { readonly key: string; readonly on: string; readonly time: string; readonly from: Letter['from']; readonly recalls: string; readonly reason: string };

const letters: readonly Letter[] = [
  ...['02', '04', '05', '07', '08', '10', '11'].map((month) => monthly(month, 'tháng {month} năm {year}')),
  ...['03', '06', '09'].map((month) => monthly(month, 'quý {quarter} năm {year}')),
  {
    key: 'danh-muc', on: '01-06', time: '08:40', from: 'province', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', title: 'Về việc lập và ban hành Danh mục hồ sơ năm {year}',
    body: [
      'Thực hiện Điều 28 và Điều 29 Nghị định số 30/2020/NĐ-CP, đề nghị các cơ quan lập Danh mục hồ sơ năm {year}, trình người đứng đầu cơ quan ban hành trước ngày {+8}.',
      'Mọi hồ sơ hình thành trong năm được mở theo Danh mục; việc phát sinh ngoài Danh mục được bổ sung khi mở hồ sơ.',
    ],
  },
  {
    key: 'nop-luu', on: '01-11', time: '09:20', from: 'province', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', title: 'Về việc nộp lưu hồ sơ, tài liệu của năm {last} vào Lưu trữ cơ quan',
    body: [
      'Đề nghị các cơ quan rà soát, kết thúc hồ sơ đã giải quyết xong trong năm {last}, lập Mục lục hồ sơ và Biên bản giao nhận theo Điều 30 Nghị định số 30/2020/NĐ-CP.',
      'Hồ sơ nộp trong thời hạn 01 năm kể từ ngày công việc kết thúc. Báo cáo kế hoạch nộp lưu về Văn phòng trước ngày {+10}.',
    ],
  },
  {
    key: 'tet', on: '01-19', time: '14:10', from: 'province', kind: 'cong-van', notation: 'UBND-VP', urgency: 'urgent', title: 'Về việc trực văn thư và bảo vệ hồ sơ, tài liệu dịp Tết Nguyên đán năm {year}',
    body: ['Yêu cầu phân công người trực văn thư trong những ngày nghỉ Tết, bảo đảm văn bản hỏa tốc được tiếp nhận và trình ngay; gửi danh sách trực trước ngày {+3}.'],
  },
  {
    key: 'kiem-tra', on: '03-09', time: '10:05', from: 'province', kind: 'quyet-dinh', notation: 'QĐ-UBND', urgency: 'normal', title: 'Ban hành Kế hoạch kiểm tra công tác văn thư, lưu trữ năm {year}',
    body: ['Điều 1. Ban hành kèm theo Quyết định này Kế hoạch kiểm tra công tác văn thư, lưu trữ năm {year} tại các xã, phường.', 'Điều 2. Các cơ quan được kiểm tra chuẩn bị sổ đăng ký văn bản đi, văn bản đến và hồ sơ công việc của năm {last}.'],
  },
  {
    key: 'tap-huan', on: '04-07', time: '08:30', from: 'department', kind: 'giay-moi', notation: 'GM-SKHCN', urgency: 'normal', title: 'Tập huấn lập hồ sơ điện tử cho văn thư xã, phường',
    body: ['Sở Khoa học và Công nghệ kính mời văn thư các xã, phường dự tập huấn lập hồ sơ điện tử.', 'Thời gian: 08 giờ 00 ngày {+6}. Địa điểm: Hội trường Sở Khoa học và Công nghệ.'],
  },
  {
    key: 'bao-tri', on: '05-11', time: '09:00', from: 'department', kind: 'thong-bao', notation: 'TB-SKHCN', urgency: 'normal', title: 'Thời gian bảo trì hệ thống gửi, nhận văn bản điện tử của tỉnh',
    body: ['Hệ thống gửi, nhận văn bản điện tử của tỉnh tạm ngừng từ 18 giờ 00 đến 22 giờ 00 ngày {+3}. Văn bản gửi trong thời gian này tự chuyển đi khi hệ thống hoạt động lại.'],
  },
  {
    key: 'bao-tri-2', on: '05-13', time: '15:00', from: 'department', kind: 'thong-bao', notation: 'TB-SKHCN', urgency: 'normal', title: 'Thời gian bảo trì hệ thống gửi, nhận văn bản điện tử của tỉnh (thay thế thông báo trước)', replaces: 'bao-tri',
    body: ['Thông báo này thay thế thông báo trước về cùng nội dung. Hệ thống tạm ngừng từ 18 giờ 00 đến 22 giờ 00 ngày {+5}.'],
  },
  {
    key: 'dinh-ky', on: '07-15', time: '10:30', from: 'province', kind: 'quyet-dinh', notation: 'QĐ-UBND', urgency: 'normal', title: 'Công bố Danh mục chế độ báo cáo định kỳ trên địa bàn tỉnh',
    body: ['Điều 1. Công bố Danh mục chế độ báo cáo định kỳ kèm theo Quyết định này.', 'Điều 2. Ủy ban nhân dân các xã, phường gửi báo cáo bằng văn bản điện tử có ký số.'],
  },
  {
    key: 'mua-lu', on: '10-14', time: '16:20', from: 'province', kind: 'cong-dien', notation: 'CĐ-UBND', urgency: 'express', title: 'Về việc ứng phó mưa lũ, ngập lụt và sạt lở đất trên địa bàn tỉnh',
    body: ['Văn phòng Ủy ban nhân dân tỉnh yêu cầu Ủy ban nhân dân các xã, phường: trực 24/24 giờ, sơ tán người dân khỏi vùng ngập sâu, vùng có nguy cơ sạt lở; báo cáo tình hình trước 17 giờ 00 hằng ngày.'],
  },
  {
    key: 'ung-cuu', on: '11-18', time: '07:50', from: 'province', kind: 'cong-dien', notation: 'CĐ-UBND', urgency: 'express', title: 'Về việc khắc phục hậu quả mưa lũ và thống kê thiệt hại',
    body: ['Yêu cầu thống kê thiệt hại về người, nhà ở, hoa màu; gửi báo cáo bằng văn bản điện tử có ký số trong ngày {+1}.'],
  },
  {
    key: 'tong-ket', on: '12-01', time: '09:15', from: 'province', kind: 'giay-moi', notation: 'GM-UBND', urgency: 'normal', title: 'Hội nghị tổng kết công tác văn thư, lưu trữ năm {year}',
    body: ['Kính mời Chủ tịch Ủy ban nhân dân và văn thư các xã, phường dự Hội nghị tổng kết công tác văn thư, lưu trữ năm {year}.', 'Thời gian: 08 giờ 00 ngày {+12}. Địa điểm: Trung tâm Hội nghị tỉnh.'],
  },
  {
    key: 'bao-cao-nam', on: '12-09', time: '08:25', from: 'province', kind: 'cong-van', notation: 'UBND-VP', urgency: 'urgent', title: 'Về việc báo cáo công tác văn thư, lưu trữ năm {year}',
    body: ['Đề nghị Ủy ban nhân dân các xã, phường báo cáo số văn bản đi, văn bản đến, tỷ lệ văn bản điện tử có ký số, số hồ sơ đã lập trong năm {year}, gửi trước ngày {+8}.'],
  },
  {
    key: 'khoa-so', on: '12-21', time: '10:00', from: 'province', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', title: 'Về việc khóa sổ đăng ký văn bản năm {year} và mở sổ năm {next}',
    body: [
      'Số văn bản bắt đầu lại từ số 01 ngày 01 tháng 01 năm {next} (Điều 15, Điều 22 Nghị định số 30/2020/NĐ-CP). Đề nghị vào sổ hết văn bản của năm {year} trước ngày {+8}.',
      'Sang năm mới: khóa các sổ của năm {year}, in sổ để lưu, kết thúc hồ sơ đã giải quyết xong.',
    ],
  },
];

const recalls: readonly Recall[] = [{ key: 'tap-huan-rut', on: '04-09', time: '14:00', from: 'department', recalls: 'tap-huan', reason: 'Lịch tập huấn thay đổi' }];

export type YearLetter = Omit<Letter, 'on' | 'time'> & { readonly at: string };
export type YearRecall = Omit<Recall, 'on' | 'time'> & { readonly at: string };
export type YearEvent = YearLetter | YearRecall;

/** What comes after `from` and up to `to`, in its order. Keys name the year: `2027/tet`. */
export function yearBetween(from: string, to: string, calendar: WorkCalendar): readonly YearEvent[] {
  const years = Array.from({ length: Number(vietnamDay(to).slice(0, 4)) - Number(vietnamDay(from).slice(0, 4)) + 1 }, (_, index) => Number(vietnamDay(from).slice(0, 4)) + index);
  return years.flatMap((year) => [...letters.map((one) => letterOf(one, year, calendar)), ...recalls.map((one) => recallOf(one, year, calendar))])
    .filter(({ at }) => Date.parse(at) > Date.parse(from) && Date.parse(at) <= Date.parse(to))
    .sort((a, b) => a.at.localeCompare(b.at));
}

function letterOf({ on, time, replaces, ...letter }: Letter, year: number, calendar: WorkCalendar): YearLetter {
  const day = calendar.addWorkingDays(`${year}-${on}`, 0);
  const say = (words: string): string => fill(words, day, calendar);
  return { ...letter, key: `${year}/${letter.key}`, at: instantAt(day, time), title: say(letter.title), body: letter.body.map(say), ...(replaces === undefined ? {} : { replaces: `${year}/${replaces}` }) };
}

function recallOf({ on, time, ...recall }: Recall, year: number, calendar: WorkCalendar): YearRecall {
  return { ...recall, key: `${year}/${recall.key}`, recalls: `${year}/${recall.recalls}`, at: instantAt(calendar.addWorkingDays(`${year}-${on}`, 0), time) };
}

function fill(words: string, day: string, calendar: WorkCalendar): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const named: Readonly<Record<string, string>> = { year: String(year), last: String(year - 1), next: String(year + 1), month: String(month), quarter: ['I', 'II', 'III', 'IV'][Math.floor((month - 1) / 3)] ?? '' };
  return words.replaceAll(/\{(\+\d+|\w+)\}/g, (_, name: string) => (name.startsWith('+') ? dayMonthYear(calendar.addWorkingDays(day, Number(name))) : (named[name] ?? '')));
}

/** What the department asks of every commune, month after month. */
function monthly(month: string, of: string): Letter {
  return {
    key: `so-lieu-${month}`, on: `${month}-${Number(month) % 2 === 0 ? '22' : '24'}`, time: '08:15', from: 'department', kind: 'cong-van', notation: 'SKHCN-CĐS', urgency: 'normal', title: `Về việc báo cáo số liệu gửi, nhận văn bản điện tử ${of}`,
    body: [
      `Sở Khoa học và Công nghệ đề nghị Ủy ban nhân dân các xã, phường báo cáo số liệu gửi, nhận văn bản điện tử và tỷ lệ ký số ${of}.`,
      'Báo cáo gửi về Sở bằng văn bản điện tử có ký số trước ngày {+5} để tổng hợp.',
    ],
  };
}

export function isRecall(event: YearEvent): event is YearRecall {
  return 'recalls' in event;
}
