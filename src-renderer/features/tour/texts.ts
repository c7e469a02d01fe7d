import { tourWords as english } from '../../i18n/en/tour-words.ts';
import type { Locale, Translate } from '../../i18n/translate.ts';
import { tourWords as vietnamese } from '../../i18n/vi/tour-words.ts';
import { partsOf } from '../help/help-words.ts';
import type { TourTexts } from './run-tour.ts';
import type { Stop } from './stops.ts';

/** The words of a tour in this language, with those of the screen as they stand there. */
export function textsOf(locale: Locale, t: Translate, count: number): TourTexts {
  const words: Readonly<Record<string, readonly [string, string]>> = locale === 'vi' ? vietnamese : english;
  return {
    next: t('tour.next'),
    previous: t('tour.previous'),
    done: t('tour.done'),
    leave: t('tour.leave'),
    progress: (at) => t('tour.progress', { at, count }),
    at: ({ id }: Stop) => {
      const [heading = '', sentence = ''] = words[id] ?? [];
      return { heading, words: partsOf(sentence, t).map((part) => (part.onScreen ? `“${part.words}”` : part.words)).join('') };
    },
  };
}
