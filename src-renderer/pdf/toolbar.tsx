import { ChevronDown, Download, PanelLeft, Printer, RotateCw, Search, ZoomIn, ZoomOut, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useT } from '../i18n/context.tsx';
import { IconButton } from '../ui/button.tsx';
import type { Engine } from './engine.ts';
import { PageField } from './page-field.tsx';
import type { Jobs } from './use-jobs.ts';
import type { ViewState } from './use-engine.ts';
import { turn, zoomPresets, zoomTo, type ZoomChoice } from './zoom.ts';

type ToolbarProps = {
  readonly engine: Engine | null;
  readonly view: ViewState;
  readonly pages: number;
  readonly title: string | undefined;
  readonly tools: ReactNode;
  readonly rotatable: boolean;
  readonly jobs: Jobs;
  readonly side: string | null;
  readonly onSide: () => void;
  readonly finding: boolean;
  readonly onFind: () => void;
};

/** What one does with a page: look closer, go elsewhere in it, find a word, take it along on paper or as a file. */
export function Toolbar({ engine, view, pages, title, tools, rotatable, jobs, side, onSide, finding, onFind }: ToolbarProps) {
  const t = useT();
  return (
    <div className="viewer-tools" role="group" aria-label={t('viewer.tools')}>
      {title && <strong className="viewer-title">{title}</strong>}
      <ToolToggle label={t('viewer.side')} icon={PanelLeft} on={side !== null} onPress={onSide} />
      <span className="viewer-zooms">
        <IconButton label={t('reading.zoomOut')} icon={ZoomOut} onPress={() => engine && zoomTo(engine, 'out')} />
        <ZoomMenu engine={engine} view={view} rotatable={rotatable} />
        <IconButton label={t('reading.zoomIn')} icon={ZoomIn} onPress={() => engine && zoomTo(engine, 'in')} />
      </span>
      <PageField page={view.page} pages={pages} onPage={(page) => engine && (engine.viewer.currentPageNumber = page)} />
      <span className="viewer-tools-end">
        {tools}
        <ToolToggle label={t('viewer.find')} icon={Search} on={finding} onPress={onFind} />
        <IconButton label={t('viewer.print')} icon={Printer} disabled={jobs.running !== null} onPress={jobs.print} />
        <IconButton label={t('viewer.save')} icon={Download} disabled={jobs.running !== null} onPress={jobs.save} />
      </span>
    </div>
  );
}

type ToolToggleProps = { readonly label: string; readonly icon: LucideIcon; readonly on: boolean; readonly onPress: () => void };

function ToolToggle({ label, icon: Icon, on, onPress }: ToolToggleProps) {
  return (
    <button type="button" className="icon-button tool-toggle" aria-label={label} title={label} aria-pressed={on} onClick={onPress}>
      <Icon aria-hidden size={18} strokeWidth={1.75} />
    </button>
  );
}

const offered = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;

type ZoomMenuProps = { readonly engine: Engine | null; readonly view: ViewState; readonly rotatable: boolean };

/** How the page lies before the eye: its size, and which way up. */
function ZoomMenu({ engine, view, rotatable }: ZoomMenuProps) {
  const t = useT();
  const percent = Math.round(view.scale * 100);
  const presets = { 'page-width': t('reading.fit'), 'page-fit': t('viewer.fitPage') } as const;
  return (
    <MenuTrigger>
      <AriaButton className="zoom-button" aria-label={t('viewer.zoom', { percent })}>
        <span>{percent} %</span>
        <ChevronDown aria-hidden size={14} strokeWidth={2} />
      </AriaButton>
      <Popover className="viewer-menu" placement="bottom start">
        <Menu className="viewer-menu-items" aria-label={t('viewer.zoomChoose')} onAction={(key) => engine && (key === 'turn' ? turn(engine, 90) : zoomTo(engine, choiceOf(String(key))))}>
          {zoomPresets.map((preset) => <MenuItem key={preset} id={preset} className="viewer-menu-item">{presets[preset]}</MenuItem>)}
          <Separator className="viewer-menu-line" />
          {offered.map((scale) => <MenuItem key={scale} id={String(scale)} className="viewer-menu-item">{`${scale * 100} %`}</MenuItem>)}
          {rotatable && <Separator className="viewer-menu-line" />}
          {rotatable && <MenuItem id="turn" textValue={t('viewer.rotate')} className="viewer-menu-item"><RotateCw aria-hidden size={16} strokeWidth={1.75} />{t('viewer.rotate')}</MenuItem>}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function choiceOf(key: string): ZoomChoice {
  return zoomPresets.find((preset) => preset === key) ?? Number(key);
}
