import { Archive, Forward, MoreHorizontal, Printer, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { Chapter, Specimen } from './specimen.tsx';
import { useWords } from './words.ts';

export function Layers() {
  const w = useWords();
  const say = useToast();
  const [dialog, setDialog] = useState<'small' | 'long' | null>(null);
  const [reason, setReason] = useState('');
  const done = (): void => say(w(['Đã làm xong.', 'Done.']));
  return (
    <Chapter name={['Lớp nổi', 'Layers']}>
      <Specimen name={['Danh sách việc', 'Menu']}>
        <Menu
          label={w(['Việc khác', 'More'])}
          icon={MoreHorizontal}
          entries={[
            { id: 'forward', label: w(['Chuyển tiếp', 'Forward']), icon: Forward, shortcut: 'Ctrl+Shift+F', run: done },
            { id: 'print', label: w(['In', 'Print']), icon: Printer, shortcut: 'Ctrl+P', run: done },
            { id: 'archive', label: w(['Đưa vào hồ sơ', 'Put in a file']), icon: Archive, detail: w(['Chỉ khi việc đã xong', 'Only when the work is done']), disabled: true, run: done },
            'line',
            { id: 'delete', label: w(['Xóa dự thảo', 'Delete the draft']), icon: Trash2, danger: true, run: done },
          ]}
        />
        <Menu label={w(['Không mở được', 'Disabled'])} disabled entries={[]} />
      </Specimen>
      <Specimen name={['Hộp thoại', 'Dialog']}>
        <Button onPress={() => setDialog('small')}>{w(['Trả lại…', 'Send back…'])}</Button>
        <Button onPress={() => setDialog('long')}>{w(['Hộp dài…', 'A long one…'])}</Button>
      </Specimen>
      <Specimen name={['Lời báo, hoàn tác được', 'Toast, undone by a key']}>
        <Button onPress={done}>{w(['Báo', 'Say'])}</Button>
        <Button onPress={() => say(w(['Đã vào sổ, số 418.', 'Registered as 418.']), { label: w(['Hoàn tác', 'Undo']), shortcut: 'Ctrl+Z', run: () => say(w(['Đã hoàn tác.', 'Undone.'])) })}>{w(['Vào sổ', 'Register'])}</Button>
      </Specimen>
      {dialog === 'small' && (
        <Dialog
          title={w(['Trả lại người soạn', 'Send back to the drafter'])}
          onClose={() => setDialog(null)}
          actions={<><Button onPress={() => setDialog(null)}>{w(['Hủy', 'Cancel'])}</Button><Button kind="strong" onPress={() => setDialog(null)}>{w(['Trả lại', 'Send back'])}</Button></>}
        >
          <TextField label={w(['Ý kiến', 'Reason'])} value={reason} onChange={setReason} lines={3} autoFocus />
        </Dialog>
      )}
      {dialog === 'long' && (
        <Dialog title={w(['Gửi tới mười hai nơi nhận trên địa bàn tỉnh Quảng Ngãi', 'Send to twelve recipients across the province of Quảng Ngãi'])} size="wide" onClose={() => setDialog(null)} actions={<Button kind="strong" onPress={() => setDialog(null)}>{w(['Đã hiểu', 'Understood'])}</Button>}>
          {Array.from({ length: 24 }, (_, index) => <p key={index}>{index + 1}. {w(['Ủy ban nhân dân xã Sơn Tịnh nhận văn bản lúc mạng trở lại.', 'The commune of Sơn Tịnh receives it when the line is back.'])}</p>)}
        </Dialog>
      )}
    </Chapter>
  );
}
