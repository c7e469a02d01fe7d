import { BookOpen, Building2, FileText, Inbox } from 'lucide-react';
import { useState } from 'react';
import { Chips } from '../ui/chip.tsx';
import { Empty } from '../ui/empty.tsx';
import { Grid, type GridColumn, type GridSort } from '../ui/grid.tsx';
import { Splitter } from '../ui/splitter.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Tree } from '../ui/tree.tsx';
import { Chapter, Specimen } from './specimen.tsx';
import { useWords } from './words.ts';

type Entry = { readonly number: number; readonly from: string; readonly subject: string };
const entries: readonly Entry[] = [
  { number: 416, from: 'Sở Nội vụ', subject: 'Về việc kiểm tra công tác văn thư, lưu trữ năm 2026' },
  { number: 417, from: 'Sở Khoa học và Công nghệ', subject: 'Kế hoạch chuyển đổi số' },
  { number: 418, from: 'Văn phòng Ủy ban nhân dân tỉnh', subject: 'Ban hành Quy chế tiếp nhận, xử lý văn bản điện tử' },
];

export function Lists() {
  const w = useWords();
  const [node, setNode] = useState<string | null>('xa');
  const [sort, setSort] = useState<GridSort>({ column: 'number', direction: 'descending' });
  const [row, setRow] = useState<string | null>('417');
  const [chips, setChips] = useState([{ id: 'from', label: 'từ: Sở Nội vụ' }, { id: 'late', label: 'hạn: tuần này' }, { id: 'file', label: 'có: tệp đính kèm' }]);
  const [width, setWidth] = useState(220);
  const columns: readonly GridColumn<Entry>[] = [
    { id: 'number', name: w(['Số đến', 'No.']), align: 'end', sortable: true, cell: ({ number }) => number },
    { id: 'from', name: w(['Nơi gửi', 'From']), sortable: true, cell: ({ from }) => from },
    { id: 'subject', name: w(['Trích yếu', 'Subject']), rowHeader: true, cell: ({ subject }) => subject },
  ];
  const sorted = [...entries].sort((a, b) => (sort.direction === 'ascending' ? 1 : -1) * (sort.column === 'number' ? a.number - b.number : a.from.localeCompare(b.from, 'vi')));
  const sheet = (words: string) => <p>{words}</p>;
  return (
    <Chapter name={['Danh sách', 'Lists']}>
      <Specimen name={['Thẻ', 'Tabs']}>
        <Tabs
          label={w(['Phần của văn bản', 'Parts of the document'])}
          tabs={[
            { id: 'text', label: w(['Toàn văn', 'Text']), icon: FileText, content: sheet(w(['Trang văn bản ở đây.', 'The pages stand here.'])) },
            { id: 'tasks', label: w(['Phân công', 'Tasks']), count: 3, content: sheet(w(['Ba người đang xử lý.', 'Three people are at it.'])) },
            { id: 'log', label: w(['Nhật ký', 'Log']), disabled: true, content: null },
          ]}
        />
      </Specimen>
      <Specimen name={['Cây', 'Tree']}>
        <Tree
          label={w(['Cơ quan', 'Offices'])}
          selected={node}
          onSelect={setNode}
          open={['tinh']}
          nodes={[
            {
              id: 'tinh', label: 'Ủy ban nhân dân tỉnh Quảng Ngãi', icon: Building2,
              children: [
                { id: 'so', label: 'Sở Khoa học và Công nghệ', detail: '4', children: [{ id: 'phong', label: 'Phòng Chuyển đổi số' }] },
                { id: 'xa', label: 'Ủy ban nhân dân xã Sơn Tịnh', detail: '12' },
              ],
            },
            { id: 'so-den', label: w(['Sổ văn bản đến 2026', 'Register of arrivals 2026']), icon: BookOpen },
          ]}
        />
      </Specimen>
      <Specimen name={['Bảng', 'Table']} wide>
        <Grid label={w(['Sổ văn bản đến', 'Register of arrivals'])} columns={columns} rows={sorted} rowId={({ number }) => String(number)} sort={sort} onSort={setSort} selected={row} onSelect={setRow} onOpen={setRow} empty={null} />
        <Grid label={w(['Sổ rỗng', 'Empty register'])} columns={columns} rows={[]} rowId={({ number }) => String(number)} empty={<Empty icon={Inbox}>{w(['Sổ này chưa có văn bản nào.', 'Nothing is registered here yet.'])}</Empty>} />
      </Specimen>
      <Specimen name={['Điều kiện tìm', 'Chips']}>
        <Chips label={w(['Đang tìm theo', 'Filters'])} chips={chips} onRemove={(id) => setChips(chips.filter((chip) => chip.id !== id))} />
        <Chips label={w(['Không bỏ được', 'Fixed'])} chips={[{ id: 'x', label: w(['Văn phòng Ủy ban nhân dân tỉnh Quảng Ngãi', 'Office of the People’s Committee of Quảng Ngãi']) }]} />
      </Specimen>
      <Specimen name={['Chia khung', 'Panes']} wide>
        <div className="split-place">
          <div id="split-left" className="split-pane" style={{ width }}>{w(['Khung trái', 'Left pane'])}</div>
          <Splitter label={w(['Độ rộng khung trái', 'Width of the left pane'])} value={width} onChange={setWidth} min={120} max={400} usual={220} side="before" controls="split-left" />
          <div className="split-pane split-rest">{w(['Khung phải', 'Right pane'])}</div>
        </div>
      </Specimen>
    </Chapter>
  );
}
