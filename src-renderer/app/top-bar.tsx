import { CircleHelp, Command, Search, X } from 'lucide-react';
import { useRef } from 'react';
import { useCommand } from './commands.tsx';
import { LockButton } from '../features/session/lock-button.tsx';
import { SignOutButton } from '../features/session/leave-buttons.tsx';
import { useT } from '../i18n/context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import type { AppState } from './app-state.ts';

type TopBarProps = { readonly app: AppState; readonly query: string; readonly onSearch: (query: string) => void; readonly onPalette: () => void; readonly onHelp: () => void };

export function TopBar({ app, query, onSearch, onPalette, onHelp }: TopBarProps) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  useCommand({ id: 'search', words: t('search.label'), group: 'list', keys: 'Ctrl+F', run: () => field.current?.select() });
  return (
    <header className="top-bar">
      <div className="brand"><span className="brand-mark" aria-hidden>VT</span>{t('app.name')}</div>
      <div className="search" data-tour="search" role="search">
        <Search aria-hidden size={16} strokeWidth={1.75} />
        <input
          ref={field}
          type="text"
          aria-label={t('search.label')}
          aria-keyshortcuts="Control+F"
          placeholder={t('search.placeholder')}
          value={query}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && onSearch('')}
        />
        {query ? <IconButton label={t('search.clear')} icon={X} onPress={() => onSearch('')} /> : <Kbd keys="Ctrl+F" />}
      </div>
      <Button kind="quiet" size="small" icon={Command} onPress={onPalette} shortcut="Ctrl K">{t('palette.title')}</Button>
      <span className="top-help" data-tour="help"><Button kind="quiet" size="small" icon={CircleHelp} onPress={onHelp} shortcut="F1">{t('help.title')}</Button></span>
      <div className="me">
        <strong>{app.me.fullName}</strong>
        <span>{app.me.position || t(`role.${app.role}`)} · {app.unit.name}</span>
      </div>
      <LockButton />
      <SignOutButton />
    </header>
  );
}
