import { Check, CircleHelp, Clock, Flame, Inbox, TriangleAlert, Upload } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Pill } from '../ui/pill.tsx';
import { Progress } from '../ui/progress.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { StepLine } from '../ui/steps.tsx';
import { Chapter, Specimen } from './specimen.tsx';
import { useWords } from './words.ts';

export function Says() {
  const w = useWords();
  const [paused, setPaused] = useState(false);
  return (
    <Chapter name={['Cho biết', 'Telling']}>
      <Specimen name={['Trạng thái', 'State']}>
        <Pill tone="neutral" icon={Clock}>{w(['Chờ gửi', 'Waiting'])}</Pill>
        <Pill tone="accent" icon={Upload}>{w(['Đang gửi 40 %', 'Sending 40 %'])}</Pill>
        <Pill tone="accent" icon={CircleHelp}>{w(['Đang xác nhận', 'Confirming'])}</Pill>
        <Pill tone="ok" icon={Check}>{w(['Đã lên máy chủ', 'On the server'])}</Pill>
        <Pill tone="warn" icon={TriangleAlert}>{w(['Cần xử lý', 'Needs you'])}</Pill>
        <Pill tone="bad" icon={TriangleAlert}>{w(['Quá hạn 2 ngày', '2 days overdue'])}</Pill>
        <Pill tone="seal" icon={Flame}>{w(['Hỏa tốc', 'Flash'])}</Pill>
      </Specimen>
      <Specimen name={['Dòng bước', 'Step line']}>
        <StepLine
          label={w(['Đường đi của văn bản', 'The document’s way'])}
          steps={[
            { label: w(['Đã đến', 'Arrived']), detail: '10:55, 22/11/2026', state: 'done' },
            { label: w(['Vào sổ', 'Registered']), detail: w(['số 418', 'no. 418']), state: 'done' },
            { label: w(['Trình lãnh đạo', 'With the leader']), state: 'current' },
            { label: w(['Phân công', 'Assigned']), state: 'ahead' },
          ]}
        />
        <StepLine label={w(['Đường đi bị dừng', 'A way that ended'])} steps={[{ label: w(['Đã gửi', 'Sent']), state: 'done' }, { label: w(['Bị từ chối', 'Refused']), detail: w(['Không thuộc thẩm quyền của nơi nhận', 'Not the recipient’s business']), state: 'stopped' }]} />
      </Specimen>
      <Specimen name={['Lời nhắn', 'Notes']}>
        <Note tone="ok" title={w(['Chữ ký hợp lệ', 'The signature is valid'])}>{w(['Văn bản không thay đổi từ khi ký.', 'Nothing has changed since it was signed.'])}</Note>
        <Note tone="info">{w(['Bản này do chị Phượng soạn, sửa lần 2.', 'Drafted by Phượng, second version.'])}</Note>
        <Note tone="warn" title={w(['Chứng thư còn 12 ngày', '12 days left on the certificate'])} action={<Button size="small" onPress={() => undefined}>{w(['Xem cách gia hạn', 'How to renew'])}</Button>} />
        <Note tone="bad" title={w(['Không gửi được', 'Not sent'])}>{w(['Máy chủ từ chối vì văn bản đã bị thu hồi. Bản của bạn vẫn còn.', 'The server refused: the document was recalled. Your copy is kept.'])}</Note>
        <ErrorNote error={{ code: 'sync.offline' }} action={<Button size="small" onPress={() => undefined}>{w(['Thử lại', 'Try again'])}</Button>} />
      </Specimen>
      <Specimen name={['Việc lâu', 'Long work']}>
        <Progress label={w(['Tải bản quét “Hồ sơ đất thôn Trường Thọ Đông”', 'Fetching the scan “Land file of Trường Thọ Đông”'])} done={41} total={300} words="41 MB / 300 MB" leftMs={95_000} paused={paused} onPause={setPaused} onCancel={() => undefined} />
        <Progress label={w(['Ký 12 văn bản', 'Signing 12 documents'])} done={7} total={12} leftMs={9000} onCancel={() => undefined} />
        <Progress label={w(['Đang dò thiết bị ký', 'Looking for the token'])} done={0} total={null} />
      </Specimen>
      <Specimen name={['Rỗng', 'Empty']}>
        <Empty icon={Inbox} title={w(['Hộp này đang trống', 'Nothing here'])} action={<Button onPress={() => undefined}>{w(['Soạn văn bản', 'Write one'])}</Button>}>{w(['Văn bản mới đến sẽ hiện ở đây, kể cả khi bạn không nhìn.', 'What arrives will stand here, even when you do not look.'])}</Empty>
      </Specimen>
      <Specimen name={['Đang mở', 'Opening']}>
        <Skeleton lines={4} />
      </Specimen>
    </Chapter>
  );
}
