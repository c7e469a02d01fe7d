import { ArrowLeft, Keyboard, Route as RouteIcon, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Role } from '../../../src-shared/domain/organization.ts';
import { useCommands } from '../../app/commands.tsx';
import type { Screen } from '../../app/route.ts';
import { useI18n } from '../../i18n/context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { HelpPage } from './help-page.tsx';
import { searchHelp } from './help-words.ts';
import { dayOf, titleOf, topicOf, type Topic } from './topics.ts';

export type HelpPanelProps = {
  readonly screen: Screen;
  readonly role: Role;
  /** Grows with each F1: the panel that stands takes the focus again, on this screen's page. */
  readonly asked: number;
  /** Words of the button that starts the tour, or goes on with it; null for a role without one. */
  readonly tour: string | null;
  readonly onTour: () => void;
  readonly onKeys: () => void;
  readonly onClose: () => void;
};

/** Beside the work and not over all of it: help on the screen that stands there, which follows the person to the next one. */
export function HelpPanel({ screen, role, asked, tour, onTour, onKeys, onClose }: HelpPanelProps) {
  const { t, locale } = useI18n();
  const [sought, setSought] = useState('');
  const [chosen, setChosen] = useState<Topic | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const box = useRef<HTMLElement>(null);
  const here = topicOf(screen, role);
  const topic = chosen ?? here;
  const commands = useCommands().filter(({ keys, group, run }) => keys !== undefined && run !== null && (group === 'document' || group === 'list'));
  const found = searchHelp(sought, locale, t);
  useStepAside(box, onClose);

  useEffect(() => {
    setChosen(null);
    setSought('');
  }, [here, asked]);
  useEffect(() => heading.current?.focus(), [asked]);

  function choose(next: Topic): void {
    setSought('');
    setChosen(next === here ? null : next);
    heading.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    // What is sought goes first, as in every field of the program
    if (sought !== '') setSought('');
    else onClose();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc closes it from anywhere within
    <aside ref={box} className="help" aria-label={t('help.title')} onKeyDown={onKeyDown}>
      <div className="help-top">
        <h2 ref={heading} tabIndex={-1}>{t(titleOf(topic))}</h2>
        <IconButton label={t('help.close')} icon={X} onPress={onClose} />
        <input
          className="help-search"
          type="text"
          aria-label={t('help.search')}
          placeholder={t('help.searchHint')}
          value={sought}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setSought(event.target.value)}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys (WCAG 2.1.1) */}
      <div className="help-body" role="group" aria-label={t(titleOf(topic))} tabIndex={0}>
        <p className="sr-only" role="status">{sought.trim() !== '' && t('help.found', { count: found.length })}</p>
        {sought.trim() === '' ? (
          <>
            {chosen && <div className="help-back"><Button kind="quiet" size="small" icon={ArrowLeft} onPress={() => choose(here)}>{t('help.back', { title: t(titleOf(here)) })}</Button></div>}
            <HelpPage key={topic} topic={topic} commands={chosen ? [] : commands} />
          </>
        ) : (
          <ul className="help-found">
            {found.map(({ topic: one, line }) => (
              <li key={one}><button type="button" onClick={() => choose(one)}><strong>{t(titleOf(one))}</strong><span>{line}</span></button></li>
            ))}
            {found.length === 0 && <li>{t('help.none')}</li>}
          </ul>
        )}
      </div>
      <div className="help-foot">
        {tour !== null && <Button size="small" icon={RouteIcon} onPress={onTour}>{tour}</Button>}
        <Button size="small" icon={Keyboard} onPress={onKeys} shortcut="Ctrl /">{t('keys.title')}</Button>
        {topic !== dayOf(role) && <Button kind="quiet" size="small" onPress={() => choose(dayOf(role))}>{t(titleOf(dayOf(role)))}</Button>}
      </div>
    </aside>
  );
}

/** What the focus comes to is never beneath the panel (WCAG 2.2, 2.4.11): where the work goes on there, the panel goes. */
function useStepAside(box: React.RefObject<HTMLElement | null>, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      const panel = box.current;
      if (!panel || !(target instanceof Element) || panel.contains(target) || !target.closest('main')) return;
      const [own, other] = [panel.getBoundingClientRect(), target.getBoundingClientRect()];
      if (other.width > 0 && other.left >= own.left && other.right <= own.right && other.bottom > own.top && other.top < own.bottom) close.current();
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, [box]);
}
