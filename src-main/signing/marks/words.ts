import { copyForms } from '../../../src-shared/domain/mark.ts';
import type { Mark } from '../../ports/signing.ts';

const zone = '+07:00';

/** Vietnam keeps +07:00 all year. */
export function vietnamTime(at: Date): { readonly date: string; readonly time: string; readonly iso: string } {
  const local = new Date(at.getTime() + 7 * 3_600_000).toISOString();
  const [date, time] = [local.slice(0, 10), local.slice(11, 19)];
  return { date, time, iso: `${date}T${time}${zone}` };
}

/** The parts of a mark of one line, set apart by semicolons: NĐ 30/2020 App I Part II.I.3 (copies) and II.8b (annexes). */
export function lineParts(mark: Extract<Mark, { kind: 'copy' | 'appendix' }>, at: Date): readonly string[] {
  const { time, iso } = vietnamTime(at);
  return mark.kind === 'copy' ? [copyForms[mark.form], mark.organization, iso] : [mark.number, mark.date, time, zone];
}

/** The mark in words, for who cannot see it and for who searches. */
export function describeMark(mark: Mark, at: Date): string {
  switch (mark.kind) {
    case 'incoming':
      return `Dấu đến: ${mark.organization}; Số: ${mark.number}; Ngày: ${mark.date}; Chuyển: ${mark.forwardTo}; Số và ký hiệu HS: ${mark.fileCode}`;
    case 'copy':
    case 'appendix':
      return lineParts(mark, at).join('; ');
    case 'comment':
      return `Bút phê của ${mark.author}, ${vietnamTime(at).iso}: ${mark.text}`;
  }
}
