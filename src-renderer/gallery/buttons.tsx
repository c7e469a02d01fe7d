import { Check, Send, Stamp, Trash2, X, ZoomIn } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Chapter, Specimen } from './specimen.tsx';
import { useWords, type Words } from './words.ts';

const nothing = (): void => undefined;
const kinds: readonly (readonly ['strong' | 'plain' | 'quiet' | 'danger', Words])[] = [['strong', ['Ký văn bản', 'Sign the document']], ['plain', ['Trả lại', 'Send back']], ['quiet', ['Để sau', 'Later']], ['danger', ['Thu hồi văn bản', 'Recall the document']]];

export function Buttons() {
  const w = useWords();
  const [busy, setBusy] = useState(true);
  const [bold, setBold] = useState(true);
  return (
    <Chapter name={['Nút', 'Buttons']}>
      <Specimen name={['Bốn loại', 'Four kinds']}>
        {kinds.map(([kind, words]) => <Button key={kind} kind={kind} onPress={nothing}>{w(words)}</Button>)}
      </Specimen>
      <Specimen name={['Có hình và phím tắt', 'With icon and key']}>
        <Button kind="strong" icon={Send} shortcut="Ctrl+Enter" onPress={nothing}>{w(['Gửi', 'Send'])}</Button>
        <Button icon={Stamp} onPress={nothing}>{w(['Đóng dấu', 'Seal'])}</Button>
        <Button kind="danger" icon={Trash2} onPress={nothing}>{w(['Xóa dự thảo', 'Delete the draft'])}</Button>
      </Specimen>
      <Specimen name={['Ba cỡ', 'Three sizes']}>
        <Button size="small" onPress={nothing}>{w(['Nhỏ', 'Small'])}</Button>
        <Button onPress={nothing}>{w(['Thường', 'Normal'])}</Button>
        <Button size="tall" kind="strong" icon={Check} onPress={nothing}>{w(['Ký 12 văn bản đã đọc', 'Sign the 12 that were read'])}</Button>
      </Specimen>
      <Specimen name={['Không bấm được', 'Disabled']}>
        {kinds.map(([kind, words]) => <Button key={kind} kind={kind} disabled onPress={nothing}>{w(words)}</Button>)}
        <IconButton label={w(['Phóng to (đang tắt)', 'Zoom in (off)'])} icon={ZoomIn} disabled onPress={nothing} />
      </Specimen>
      <Specimen name={['Đang làm', 'Busy']}>
        <Button kind="strong" busy={busy} onPress={nothing}>{w(['Đang ký…', 'Signing…'])}</Button>
        <Button busy={busy} icon={Send} onPress={nothing}>{w(['Đang gửi…', 'Sending…'])}</Button>
        <Button kind="quiet" onPress={() => setBusy(!busy)}>{busy ? w(['Cho xong', 'Let it end']) : w(['Làm lại', 'Again'])}</Button>
      </Specimen>
      <Specimen name={['Khi rê chuột, khi nhấn, khi nhận phím (chỉ là hình)', 'Hovered, pressed, focused (pictures)']}>
        {(['data-hovered', 'data-pressed', 'data-focus-visible'] as const).flatMap((state) =>
          kinds.map(([kind, words]) => <span key={`${state} ${kind}`} className={`button button-${kind} button-normal`} {...{ [state]: true }}>{w(words)}</span>),
        )}
      </Specimen>
      <Specimen name={['Nút hình: tên hiện khi rê chuột hoặc khi nhận phím', 'Icon buttons: named on hover and on focus']}>
        <IconButton label={w(['Phóng to', 'Zoom in'])} icon={ZoomIn} shortcut="Ctrl++" onPress={nothing} />
        <IconButton label={w(['Đóng', 'Close'])} icon={X} onPress={nothing} />
        <IconButton label={w(['Hiện con dấu', 'Show the seal'])} icon={Stamp} pressed={bold} onPress={() => setBold(!bold)} />
      </Specimen>
      <Specimen name={['Chữ dài trong chỗ hẹp', 'Long words in a narrow place']}>
        <div className="narrow-place">
          <Button wide kind="strong" icon={Send} onPress={nothing}>{w(['Ký, cấp số 418 và gửi tới mười hai nơi nhận', 'Sign, number 418 and send to the twelve recipients'])}</Button>
        </div>
      </Specimen>
      <Specimen name={['Phím', 'Keys']}>
        <Kbd keys="Ctrl+K" /> <Kbd keys="Alt+1" /> <Kbd keys="F5" />
      </Specimen>
    </Chapter>
  );
}
