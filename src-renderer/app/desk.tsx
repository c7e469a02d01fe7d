import { useState } from 'react';
import type { Output } from '../../src-shared/contract/index.ts';
import { useBridge, useQuery, useStore } from '../bridge/use-query.ts';
import { DraftScreen } from '../features/draft/screen.tsx';
import { IssuingScreen } from '../features/issuing/screen.tsx';
import { OutboxScreen } from '../features/outbox/screen.tsx';
import { ReadingScreen } from '../features/documents/reading-screen.tsx';
import { SigningScreen } from '../features/signing/screen.tsx';
import { useT } from '../i18n/context.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { PracticeBanner } from './practice-banner.tsx';
import { Rail } from './rail.tsx';
import { goTo, useRoute, type Route, type Screen } from './route.ts';
import { useShortcut } from './shortcuts.ts';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';

export type AppState = Output<'app.state'>;

const folderKeys = ['incoming', 'signing', 'issuing', 'outgoing', 'tasks'] as const;

/** The whole window: bars at the edges, folders at the left, and the screen that the route names. */
export function Desk({ linkLost }: { readonly linkLost: boolean }) {
  const t = useT();
  const { data: app, error } = useQuery('app.state', {});
  if (!app) return <main className="opening">{error ? <ErrorNote error={error} /> : <p role="status">{linkLost ? t('app.linkLost') : t('app.loading')}</p>}</main>;
  return <OpenDesk app={app} linkLost={linkLost} />;
}

function OpenDesk({ app, linkLost }: { readonly app: AppState; readonly linkLost: boolean }) {
  const t = useT();
  const store = useStore();
  const bridge = useBridge();
  const route = useRoute(firstScreen(app));
  const [query, setQuery] = useState('');

  useShortcut('Ctrl+N', () => goTo('draft'));
  useShortcut('F5', () => {
    void bridge['sync.now']({});
    store.invalidate(() => true);
  });
  useShortcut('Alt+1', () => goTo(folderKeys[0]));
  useShortcut('Alt+2', () => goTo(folderKeys[1]));
  useShortcut('Alt+3', () => goTo(folderKeys[2]));
  useShortcut('Alt+4', () => goTo(folderKeys[3]));
  useShortcut('Alt+5', () => goTo(folderKeys[4]));

  function search(words: string): void {
    setQuery(words);
    if (words && !isFolder(route.screen)) goTo('incoming');
  }

  return (
    <div className="window">
      <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus(); }}>{t('app.skip')}</a>
      <TopBar app={app} query={query} onSearch={search} />
      {app.practice && <PracticeBanner practice={app.practice} />}
      {linkLost && <Note tone="warn" live>{t('app.linkLost')}</Note>}
      <div className="window-middle">
        <Rail current={route.screen} />
        <main id="content" tabIndex={-1} className="content" aria-label={screenName(route.screen, t)}>
          <CurrentScreen app={app} route={route} query={query} />
        </main>
      </div>
      <StatusBar />
    </div>
  );
}

function CurrentScreen({ app, route, query }: { readonly app: AppState; readonly route: Route; readonly query: string }) {
  switch (route.screen) {
    case 'draft':
      return <DraftScreen key={route.id} replyTo={route.id} />;
    case 'outbox':
    case 'problems':
      return <OutboxScreen show={route.screen} />;
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

function isFolder(screen: Screen): boolean {
  return (folderKeys as readonly string[]).includes(screen);
}

function screenName(screen: Screen, t: ReturnType<typeof useT>): string {
  return t(`nav.${screen}`);
}
