import { useEffect, useState } from 'react';
import { useI18n } from '../i18n/context.tsx';
import { SegmentedControl } from '../ui/choice.tsx';
import { Buttons } from './buttons.tsx';
import { Choices } from './choices.tsx';
import { Fields } from './fields.tsx';
import { Layers } from './layers.tsx';
import { Lists } from './lists.tsx';
import { Looks } from './looks.tsx';
import { Says } from './says.tsx';
import { Signing } from './signing.tsx';
import { Verification } from './verification.tsx';
import { useWords } from './words.ts';

/** All of ui/ in all its states, under every way of looking at it. */
export function Gallery() {
  const w = useWords();
  const { locale, setLocale } = useI18n();
  const [theme, setTheme] = useAttribute('theme', 'system');
  const [contrast, setContrast] = useAttribute('contrast', 'normal');
  const [density, setDensity] = useAttribute('density', 'comfortable');
  const [motion, setMotion] = useAttribute('motion', 'full');
  const [text, setText] = useState('100');
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  useEffect(() => document.documentElement.style.setProperty('--text-scale', String(Number(text) / 100)), [text]);
  return (
    <div className="gallery">
      <header className="gallery-head">
        <h1>{w(['Bộ thành phần của Văn Thư', 'Văn Thư’s components'])}</h1>
        <div className="gallery-switches" role="group" aria-label={w(['Cách nhìn', 'Ways of looking'])}>
          <SegmentedControl label={w(['Nền', 'Theme'])} value={theme} onChange={setTheme} options={[{ value: 'system', label: w(['Theo máy', 'System']) }, { value: 'light', label: w(['Sáng', 'Light']) }, { value: 'dark', label: w(['Tối', 'Dark']) }]} />
          <SegmentedControl label={w(['Tương phản', 'Contrast'])} value={contrast} onChange={setContrast} options={[{ value: 'normal', label: w(['Thường', 'Normal']) }, { value: 'high', label: w(['Cao', 'High']) }]} />
          <SegmentedControl label={w(['Mật độ', 'Density'])} value={density} onChange={setDensity} options={[{ value: 'comfortable', label: w(['Thoáng', 'Comfortable']) }, { value: 'compact', label: w(['Gọn', 'Compact']) }]} />
          <SegmentedControl label={w(['Chuyển động', 'Motion'])} value={motion} onChange={setMotion} options={[{ value: 'full', label: w(['Có', 'On']) }, { value: 'reduced', label: w(['Bớt', 'Reduced']) }]} />
          <SegmentedControl label={w(['Cỡ chữ', 'Text size'])} value={text} onChange={setText} options={['100', '125', '150', '175'].map((size) => ({ value: size, label: `${size} %` }))} />
          <SegmentedControl label={w(['Ngôn ngữ', 'Language'])} value={locale} onChange={setLocale} options={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
        </div>
      </header>
      <main>
        <Buttons />
        <Fields />
        <Choices />
        <Layers />
        <Lists />
        <Says />
        <Signing />
        <Verification />
        <Looks />
      </main>
    </div>
  );
}

/** A `data-` of the page's root, as the settings will set it. */
function useAttribute<T extends string>(name: string, first: T): readonly [string, (value: string) => void] {
  const [value, setValue] = useState<string>(first);
  useEffect(() => {
    document.documentElement.dataset[name] = value;
  }, [name, value]);
  return [value, setValue];
}
