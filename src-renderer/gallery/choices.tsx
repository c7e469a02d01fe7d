import { useState } from 'react';
import { Checkbox, RadioGroup, SegmentedControl, Switch } from '../ui/choice.tsx';
import { CheckList } from '../ui/field.tsx';
import { Chapter, Specimen } from './specimen.tsx';
import { useWords } from './words.ts';

export function Choices() {
  const w = useWords();
  const [read, setRead] = useState(true);
  const [all, setAll] = useState(false);
  const [people, setPeople] = useState<readonly string[]>(['thang']);
  const [urgency, setUrgency] = useState<'normal' | 'urgent' | 'flash' | null>('urgent');
  const [on, setOn] = useState(true);
  const [off, setOff] = useState(false);
  const [view, setView] = useState<'all' | 'unread' | 'mine'>('all');
  const urgencies = [{ value: 'normal', label: w(['Thường', 'Normal']) }, { value: 'urgent', label: w(['Khẩn', 'Urgent']), detail: w(['gửi trước văn bản thường', 'goes before normal ones']) }, { value: 'flash', label: w(['Hỏa tốc', 'Flash']), detail: w(['báo chuông ở nơi nhận', 'rings at the recipient']) }] as const;
  return (
    <Chapter name={['Chọn', 'Choices']}>
      <Specimen name={['Đánh dấu', 'Checkbox']}>
        <Checkbox checked={read} onChange={setRead}>{w(['Đã đọc toàn văn', 'Read in full'])}</Checkbox>
        <Checkbox checked={all} partly={!all} onChange={setAll}>{w(['Tất cả nơi nhận', 'All recipients'])}</Checkbox>
        <Checkbox checked disabled onChange={() => undefined}>{w(['Lưu văn thư (bắt buộc)', 'Kept by the clerk (always)'])}</Checkbox>
        <Checkbox checked={false} faulty onChange={() => undefined}>{w(['Tôi đã kiểm tra thể thức', 'I have checked the form'])}</Checkbox>
      </Specimen>
      <Specimen name={['Nhiều trong một số', 'Several of some']}>
        <CheckList
          label={w(['Phối hợp', 'In support'])}
          options={[{ value: 'thang', label: 'Nguyễn Đức Thắng', detail: w(['đang giữ 4 việc', 'has 4 tasks']) }, { value: 'phuong', label: 'Đỗ Thị Phượng' }, { value: 'quoc', label: 'Huỳnh Quốc Khuê' }, { value: 'nguyet', label: 'Nguyễn Thị Ánh Nguyệt' }, { value: 'hung', label: 'Đặng Quốc Hùng' }]}
          chosen={people}
          onChange={setPeople}
        />
      </Specimen>
      <Specimen name={['Một trong vài', 'One of a few']}>
        <RadioGroup label={w(['Độ khẩn', 'Urgency'])} options={urgencies} value={urgency} onChange={setUrgency} />
        <RadioGroup label={w(['Độ khẩn (chưa chọn)', 'Urgency (missing)'])} options={urgencies} value={null} onChange={setUrgency} error={w(['Hãy chọn độ khẩn.', 'Choose the urgency.'])} />
        <RadioGroup label={w(['Độ khẩn (không đổi được)', 'Urgency (fixed)'])} options={urgencies} value="flash" onChange={() => undefined} disabled />
      </Specimen>
      <Specimen name={['Công tắc', 'Switch']}>
        <Switch on={on} onChange={setOn} help={w(['Máy báo khi có văn bản hỏa tốc.', 'The desk rings for flash documents.'])}>{w(['Báo chuông', 'Ring'])}</Switch>
        <Switch on={off} onChange={setOff}>{w(['Tiết kiệm dữ liệu', 'Save data'])}</Switch>
        <Switch on disabled onChange={() => undefined}>{w(['Mã hóa dữ liệu trên máy', 'Encrypt what is on this machine'])}</Switch>
      </Specimen>
      <Specimen name={['Vài lựa chọn ngắn', 'A few short ones']}>
        <SegmentedControl label={w(['Hiện', 'Show'])} value={view} onChange={setView} options={[{ value: 'all', label: w(['Tất cả', 'All']) }, { value: 'unread', label: w(['Chưa đọc', 'Unread']) }, { value: 'mine', label: w(['Giao cho tôi', 'Mine']) }]} />
      </Specimen>
    </Chapter>
  );
}
