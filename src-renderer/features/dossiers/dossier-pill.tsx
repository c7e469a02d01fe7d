import { Archive, Clock, FolderClosed, FolderOpen, TriangleAlert } from 'lucide-react';
import type { DossierView } from '../../../src-shared/contract/dossiers.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { Pill } from '../../ui/pill.tsx';

const looks = { open: { tone: 'accent', icon: FolderOpen }, closed: { tone: 'neutral', icon: FolderClosed }, 'handed-over': { tone: 'ok', icon: Archive } } as const;

/** Where a dossier stands; of one that is due, when. */
export function DossierPill({ view: { state, dueSoon, handOverDue } }: { readonly view: DossierView }) {
  const t = useT();
  const today = useToday();
  if (dueSoon && handOverDue !== null) {
    const late = handOverDue < today;
    return <Pill tone={late ? 'bad' : 'warn'} icon={late ? TriangleAlert : Clock}>{t(late ? 'dossiers.dueLate' : 'task.due', { date: formatDate(handOverDue) })}</Pill>;
  }
  const { tone, icon } = looks[state.stage];
  return <Pill tone={tone} icon={icon}>{t(`dossiers.stage.${state.stage}`)}</Pill>;
}
