import { useId, type ReactNode } from 'react';
import type { Command } from '../../app/command.ts';
import { useI18n } from '../../i18n/context.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { pageOf, partsOf, wordOf } from './help-words.ts';
import type { Topic } from './topics.ts';

type HelpPageProps = { readonly topic: Topic; /** What the screen offers by keys now; none for a page about another screen. */ readonly commands: readonly Command[] };

/** What a screen is for, how its work goes, what its marks mean, its keys, and what to do when something is wrong. */
export function HelpPage({ topic, commands }: HelpPageProps) {
  const { t, locale } = useI18n();
  const page = pageOf(topic, locale);
  return (
    <>
      <p className="help-what"><Sentence>{page.what}</Sentence></p>
      <Part title={t('help.steps')}>
        <ol className="help-steps">{page.steps.map((step) => <li key={step}><span><Sentence>{step}</Sentence></span></li>)}</ol>
      </Part>
      {page.marks.length > 0 && (
        <Part title={t('help.marks')}>
          <dl className="help-marks">{page.marks.map(([mark, means]) => <div key={mark}><dt>{wordOf(mark, t)}</dt><dd><Sentence>{means}</Sentence></dd></div>)}</dl>
        </Part>
      )}
      {commands.length > 0 && (
        <Part title={t('help.keys')}>
          <dl className="help-keys">
            {commands.map(({ id, keys, words }) => <div key={id}><dt><span className="sr-only">{keys}</span><Kbd keys={keys ?? ''} /></dt><dd>{words}</dd></div>)}
          </dl>
        </Part>
      )}
      <Part title={t('help.wrong')}>
        <ul className="help-wrong">{page.wrong.map((line) => <li key={line}><Sentence>{line}</Sentence></li>)}</ul>
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return <section aria-labelledby={id}><h3 id={id}>{title}</h3>{children}</section>;
}

/** Words that stand on the screen are set apart, so that the eye finds them there. */
export function Sentence({ children }: { readonly children: string }) {
  const { t } = useI18n();
  return partsOf(children, t).map(({ words, onScreen }, index) => (onScreen ? <b key={`${index} ${words}`} className="help-word">{words}</b> : words));
}
