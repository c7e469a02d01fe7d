import { useState } from 'react';
import { ComboBox } from '../ui/combo-box.tsx';
import { DateField } from '../ui/date-field.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { Chapter, Specimen } from './specimen.tsx';
import { useWords } from './words.ts';

const offices = [
  { value: 'a', label: 'Sở Khoa học và Công nghệ tỉnh Quảng Ngãi', detail: 'H42.12' },
  { value: 'b', label: 'Ủy ban nhân dân xã Sơn Tịnh', detail: 'H42.101' },
  { value: 'c', label: 'Văn phòng Ủy ban nhân dân tỉnh', detail: 'H42.01' },
  { value: 'd', label: 'Trung tâm Phục vụ hành chính công', detail: 'H42.30' },
] as const;

export function Fields() {
  const w = useWords();
  const [text, setText] = useState('');
  const [long, setLong] = useState('Về việc tăng cường gửi, nhận văn bản điện tử có chữ ký số giữa các cơ quan hành chính nhà nước trên địa bàn tỉnh Quảng Ngãi');
  const [kind, setKind] = useState<'' | 'cv' | 'qd' | 'tt'>('');
  const [office, setOffice] = useState<(typeof offices)[number]['value'] | null>('b');
  const [copies, setCopies] = useState<number | null>(2);
  const [width, setWidth] = useState<number | null>(36.5);
  const [none, setNone] = useState<string | null>(null);
  const [deadline, setDeadline] = useState<string | null>('2026-09-02');
  const kinds = [{ value: 'cv', label: w(['Công văn', 'Official letter']) }, { value: 'qd', label: w(['Quyết định', 'Decision']) }, { value: 'tt', label: w(['Tờ trình gửi cơ quan cấp trên có thẩm quyền', 'Submission to the authority above']) }] as const;
  return (
    <Chapter name={['Ô nhập', 'Fields']}>
      <Specimen name={['Một dòng', 'One line']}>
        <TextField label={w(['Ký hiệu', 'Notation'])} value={text} onChange={setText} help={w(['Phần sau số, ví dụ UBND-VP', 'What follows the number, such as UBND-VP'])} />
        <TextField label={w(['Người ký', 'Signer'])} value="Nguyễn Thị Phượng Uyên" onChange={() => undefined} disabled />
        <TextField label={w(['Số văn bản', 'Number'])} value="mười lăm" onChange={() => undefined} error={w(['Số chỉ gồm chữ số. Ghi như 15.', 'Digits only. Write 15.'])} />
      </Specimen>
      <Specimen name={['Nhiều dòng', 'Several lines']}>
        <TextField label={w(['Trích yếu', 'Subject'])} value={long} onChange={setLong} lines={3} />
      </Specimen>
      <Specimen name={['Chọn một', 'Choose one']}>
        <Select label={w(['Loại văn bản', 'Kind'])} value={kind} onChange={setKind} options={kinds} empty={w(['Chọn loại', 'Choose a kind'])} />
        <Select label={w(['Loại (không đổi được)', 'Kind (fixed)'])} value="tt" onChange={() => undefined} options={kinds} disabled />
        <Select label={w(['Loại (chưa chọn)', 'Kind (missing)'])} value={kind} onChange={setKind} options={kinds} empty={w(['Chọn loại', 'Choose a kind'])} error={w(['Hãy chọn loại văn bản.', 'Choose a kind.'])} />
      </Specimen>
      <Specimen name={['Tìm rồi chọn: gõ không cần dấu', 'Find and choose: marks not needed']}>
        <ComboBox label={w(['Nơi gửi', 'Sender'])} options={offices} value={office} onChange={setOffice} help={w(['Thử gõ “so khoa hoc”', 'Try “so khoa hoc”'])} />
        <ComboBox label={w(['Nơi gửi (chưa có)', 'Sender (missing)'])} options={offices} value={null} onChange={() => undefined} placeholder={w(['Gõ tên cơ quan', 'Type an office’s name'])} error={w(['Hãy chọn nơi gửi.', 'Choose the sender.'])} />
        <ComboBox label={w(['Nơi gửi (không đổi được)', 'Sender (fixed)'])} options={offices} value="c" onChange={() => undefined} disabled />
      </Specimen>
      <Specimen name={['Số', 'Number']}>
        <NumberField label={w(['Số bản', 'Copies'])} value={copies} onChange={setCopies} min={1} max={20} />
        <NumberField label={w(['Chiều rộng', 'Width'])} unit="mm" value={width} onChange={setWidth} step={0.5} min={0} help={w(['↑↓ đổi từng nửa milimét', '↑↓ by half a millimetre'])} />
        <NumberField label={w(['Số trang', 'Pages'])} value={null} onChange={() => undefined} error={w(['Cần số trang.', 'The number of pages is needed.'])} />
      </Specimen>
      <Specimen name={['Ngày', 'Date']}>
        <DateField label={w(['Hạn xử lý', 'Deadline'])} value={deadline} onChange={setDeadline} />
        <DateField label={w(['Ngày ban hành', 'Date of issue'])} value={none} onChange={setNone} />
        <DateField label={w(['Ngày đến (không đổi được)', 'Arrived (fixed)'])} value="2026-11-21" onChange={() => undefined} disabled />
        <DateField label={w(['Hạn trả lời', 'Answer by'])} value="2026-11-20" onChange={() => undefined} error={w(['Hạn đã qua. Chọn một ngày từ hôm nay.', 'That day has passed. Choose one from today on.'])} />
      </Specimen>
    </Chapter>
  );
}
