import { useEffect, useLayoutEffect, useState } from 'react';
import { useBridge, useQuery, useStore } from '../bridge/use-query.ts';
import { ConflictsScreen } from '../features/conflicts/screen.tsx';
import { SettlingProvider } from '../features/conflicts/settling.tsx';
import { DossiersScreen } from '../features/dossiers/screen.tsx';
import { DraftScreen } from '../features/draft/screen.tsx';
import { FiguresScreen } from '../features/figures/screen.tsx';
import { useHelp } from '../features/help/help.tsx';
import { PaperScreen } from '../features/incoming/paper-screen.tsx';
import { IssuingScreen } from '../features/issuing/screen.tsx';
import { OutboxScreen } from '../features/outbox/screen.tsx';
import { GrantsInForce } from '../features/office/grants-in-force.tsx';
import { OfficeScreen } from '../features/office/screen.tsx';
import { ReadingScreen } from '../features/documents/reading-screen.tsx';
import { RegistersScreen } from '../features/registers/screen.tsx';
import { SettingsScreen } from '../features/settings/screen.tsx';
import { OpenedNotice } from '../features/opened/opened-notice.tsx';
import { BackupNotice } from '../features/settings/backup-notice.tsx';
import { TrustNotice } from '../features/settings/trust-notice.tsx';
import { SigningScreen } from '../features/signing/screen.tsx';
import { BoardScreen } from '../features/tasks/board-screen.tsx';
import { TourOffer } from '../features/tour/offer.tsx';
import { useTour } from '../features/tour/use-tour.ts';
import { TokensScreen } from '../features/tokens/screen.tsx';
import { useI18n, useT } from '../i18n/context.tsx';
import { setPresent, usePresentKnown } from '../i18n/present.ts';
import { ErrorNote, Note } from '../ui/note.tsx';
import type { AppState } from './app-state.ts';
import { CommandContext, createCommandRegistry, useCommand } from './commands.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { Notices } from './notices.tsx';
import { Palette } from './palette.tsx';
import { PracticeBanner } from './practice-banner.tsx';
import { Rail } from './rail.tsx';
import { goTo, screens, useRoute, type Route, type Screen } from './route.ts';
import { SearchContext, useSearchState } from './search.ts';
import { useSettings } from './settings.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { UndoProvider } from './undo.tsx';

const folderKeys = { incoming: 'Alt+1', signing: 'Alt+2', issuing: 'Alt+3', outgoing: 'Alt+4', tasks: 'Alt+5' } as const;

/** The whole window: bars at the edges, folders at the left, and the screen that the route names. */
export function Desk({ linkLost }: { readonly linkLost: boolean }) {
  const t = useT();
  const { data: app, error } = useQuery('app.state', {});
  const [registry] = useState(createCommandRegistry);
  const shiftMs = app && (app.practice?.clock.shiftMs ?? 0);
  useLayoutEffect(() => {
    if (shiftMs !== undefined) setPresent(shiftMs);
  }, [shiftMs]);
  // nothing is dated before it is known which day it is here
  const dated = usePresentKnown();
  if (!app || !dated) return <main className="opening">{error ? <ErrorNote error={error} /> : <p role="status">{linkLost ? t('app.linkLost') : t('app.loading')}</p>}</main>;
  return (
    <CommandContext value={registry}>
      <UndoProvider>
        <SettlingProvider>
          <OpenDesk app={app} linkLost={linkLost} />
        </SettlingProvider>
      </UndoProvider>
    </CommandContext>
  );
}

function OpenDesk({ app, linkLost }: { readonly app: AppState; readonly linkLost: boolean }) {
  const t = useT();
  const route = useRoute(firstScreen(app));
  const found = useSearchState();
  const { query, setQuery } = found;
  const [asking, setAsking] = useState<'palette' | 'keys' | null>(null);

  useEffect(() => {
    document.title = `${t(`nav.${route.screen}`)} — ${t('app.name')}`;
  }, [route.screen, t]);

  function search(words: string): void {
    setQuery(words);
    if (words && !(route.screen in folderKeys)) goTo('incoming');
  }

  const help = useHelp();
  const tour = useTour(app);

  return (
    <SearchContext value={found}>
    <div className="window">
      <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus(); }}>{t('app.skip')}</a>
      <DeskCommands clerk={app.role === 'clerk'} onPalette={() => setAsking('palette')} onKeys={() => setAsking('keys')} />
      <TopBar app={app} query={query} onSearch={search} onPalette={() => setAsking('palette')} onHelp={help.open} />
      {app.practice && <PracticeBanner practice={app.practice} />}
      {tour.offered && <TourOffer onStart={tour.start} onLater={tour.decline} />}
      <GrantsInForce />
      <BackupNotice />
      <OpenedNotice role={app.role} />
      {linkLost && <Note tone="warn" live>{t('app.linkLost')}</Note>}
      <div className="window-middle">
        <Rail current={route.screen} />
        <main id="content" data-screen={route.screen} tabIndex={-1} className="content" aria-label={t(`nav.${route.screen}`)}>
          <CurrentScreen app={app} route={route} query={query} onKeys={() => setAsking('keys')} />
        </main>
        {help.panel({
          screen: route.screen, role: app.role, tour: tour.words, onKeys: () => setAsking('keys'),
          onTour: () => {
            help.close();
            tour.start();
          },
        })}
      </div>
      <StatusBar />
      <Notices />
      <TrustNotice />
      {asking === 'palette' && <Palette onClose={() => setAsking(null)} />}
      {asking === 'keys' && <KeysSheet onClose={() => setAsking(null)} />}
    </div>
    </SearchContext>
  );
}

/** What can be done from anywhere: the folders, a new document, the sync, the looks. */
function DeskCommands({ clerk, onPalette, onKeys }: { readonly clerk: boolean; readonly onPalette: () => void; readonly onKeys: () => void }) {
  const { t, locale, setLocale } = useI18n();
  const bridge = useBridge();
  const store = useStore();
  const { settings, change } = useSettings();
  // The root wears a new theme only after this has been made; it is asked for the system's alone
  const dark = settings.theme === 'dark' || (settings.theme === 'system' && document.documentElement.dataset['theme'] === 'dark');
  useCommand({ id: 'palette', words: t('palette.title'), group: 'desk', keys: 'Ctrl+K', run: onPalette });
  useCommand({ id: 'keys', words: t('keys.title'), group: 'desk', keys: 'Ctrl+/', run: onKeys });
  useCommand({ id: 'draft', words: t('nav.draft'), group: 'desk', keys: 'Ctrl+N', run: () => goTo('draft') });
  useCommand({ id: 'paper', words: t('nav.paper'), group: 'desk', keys: 'Alt+N', run: clerk ? () => goTo('paper') : null });
  useCommand({
    id: 'sync', words: t('status.syncNow'), group: 'desk', keys: 'F5',
    run: () => {
      void bridge['sync.now']({});
      store.invalidate(() => true);
    },
  });
  useCommand({ id: 'theme', words: t(dark ? 'app.theme.light' : 'app.theme.dark'), group: 'desk', run: () => change({ theme: dark ? 'light' : 'dark' }) });
  useCommand({ id: 'text.larger', words: t('settings.larger'), group: 'desk', run: settings.textSize < 175 ? () => change({ textSize: larger(settings.textSize) }) : null });
  useCommand({ id: 'language', words: t('app.language'), group: 'desk', run: () => setLocale(locale === 'vi' ? 'en' : 'vi') });
  return screens.filter((screen) => screen !== 'draft' && screen !== 'paper').map((screen) => <GoCommand key={screen} screen={screen} />);
}

function GoCommand({ screen }: { readonly screen: Screen }) {
  const t = useT();
  const keys = screen in folderKeys ? folderKeys[screen as keyof typeof folderKeys] : undefined;
  useCommand({ id: `go.${screen}`, words: t(`nav.${screen}`), group: 'go', run: () => goTo(screen), ...(keys ? { keys } : {}) });
  return null;
}

type CurrentProps = { readonly app: AppState; readonly route: Route; readonly query: string; readonly onKeys: () => void };

function CurrentScreen({ app, route, query, onKeys }: CurrentProps) {
  switch (route.screen) {
    case 'draft':
      return <DraftScreen key={`${route.id} ${route.relation}`} from={route.id} relation={route.relation ?? null} />;
    case 'office':
      return <OfficeScreen app={app} />;
    case 'paper':
      return <PaperScreen />;
    case 'outbox':
    case 'problems':
      return <OutboxScreen show={route.screen} />;
    case 'conflicts':
      return <ConflictsScreen id={route.id} />;
    case 'registers':
      return <RegistersScreen app={app} />;
    case 'dossiers':
      return <DossiersScreen id={route.id} />;
    case 'figures':
      return <FiguresScreen app={app} place={route.place ?? ''} />;
    case 'tokens':
      return <TokensScreen app={app} />;
    case 'settings':
      return <SettingsScreen app={app} onKeys={onKeys} />;
    case 'tasks':
      return <BoardScreen app={app} id={route.id} query={query} />;
    case 'signing':
      return app.role === 'leader' ? <SigningScreen app={app} id={route.id} query={query} /> : <ReadingScreen folder="signing" id={route.id} query={query} />;
    case 'issuing':
      return app.role === 'clerk' ? <IssuingScreen app={app} id={route.id} query={query} /> : <ReadingScreen folder="issuing" id={route.id} query={query} />;
    default:
      return <ReadingScreen key={route.screen} folder={route.screen} id={route.id} query={query} />;
  }
}

function firstScreen(app: AppState): Screen {
  return app.role === 'leader' ? 'signing' : app.role === 'officer' ? 'tasks' : 'incoming';
}

function larger(size: 100 | 125 | 150 | 175): 125 | 150 | 175 {
  return size === 100 ? 125 : size === 125 ? 150 : 175;
}
