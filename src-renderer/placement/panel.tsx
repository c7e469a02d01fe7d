import { BookmarkPlus, BookmarkX, RotateCcw, Undo2 } from 'lucide-react';
import { documentKinds, type DocumentKind } from '../../src-shared/domain/document.ts';
import type { SizeMm } from '../../src-shared/domain/place.ts';
import { useI18n } from '../i18n/context.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { PlacementForm } from './form.tsx';
import { standsOn } from './geometry.ts';
import { mmText } from './mm-text.ts';
import type { PlacementState } from './use-placement.ts';
import { useTemplates } from './use-templates.ts';

type PlacementPanelProps = { readonly state: PlacementState; readonly kind: DocumentKind; readonly pages: readonly SizeMm[]; readonly resizable: boolean };

/** Beside the page: where the thing stands and why there, the way back, kept places, and the placing by numbers. */
export function PlacementPanel({ state, kind, pages, resizable }: PlacementPanelProps) {
  const { t, locale } = useI18n();
  const templates = useTemplates(state, kind, pages);
  const { settled, source } = state;
  if (!settled || !source) return null;
  const kindName = documentKinds[kind].name;
  const where = t('place.where', { page: settled.page, pages: pages.length, x: mmText(settled.rect.x, locale), y: mmText(settled.rect.y, locale) });
  const ownPlace = source === 'chosen' && !standsOn(settled, state.targets);
  return (
    <div className="placement-panel">
      <p className="placement-where" role="status">{where}{source === 'chosen' && !ownPlace && <> · {t('place.matches')}</>}</p>
      {source === 'guess' ? <Note tone="warn" live>{t('place.source.guess')}</Note> : <p className="quiet">{t(`place.source.${ownPlace || source !== 'chosen' ? source : 'snapped'}`, { kind: kindName })}</p>}
      <div className="placement-tools">
        <Button size="small" icon={Undo2} disabled={!state.canUndo} onPress={state.undo}>{t('place.undo')}</Button>
        <Button size="small" icon={RotateCcw} disabled={source !== 'chosen'} onPress={state.reset}>{t('place.reset')}</Button>
      </div>
      <details className="placement-form">
        <summary>{t('place.form')}</summary>
        <PlacementForm placement={settled} pages={pages} resizable={resizable} onChange={state.settle} />
        <div className="placement-tools">
          <Button size="small" icon={BookmarkPlus} disabled={templates.busy} onPress={() => void templates.save(kind)}>{t('place.saveKind', { kind: kindName })}</Button>
          <Button size="small" icon={BookmarkPlus} disabled={templates.busy} onPress={() => void templates.save(null)}>{t('place.saveAll')}</Button>
          {templates.kept && <Button size="small" icon={BookmarkX} disabled={templates.busy} onPress={() => void templates.remove()}>{t('place.forget')}</Button>}
        </div>
        <ErrorNote error={templates.error} />
      </details>
    </div>
  );
}
