import { channels, documentKinds } from '../../../src-shared/domain/document.ts';
import { findFigure, type FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import { changeWords, hoursOf, tenths, valueWords, wholes, type NumberLocale } from '../../../src-shared/domain/figures/value-words.ts';
import { unitOf } from '../../../src-shared/domain/figures/words.ts';
import { useI18n } from '../../i18n/context.tsx';
import type { Row, Told, Value } from './told.ts';

export type FigureWording = {
  readonly number: (value: Value) => string;
  readonly change: (value: Value, earlier: Value) => string | null;
  readonly unit: (figure: FigureId) => string;
  /** What the number leaves unsaid: of how many it is a share, how long nine of ten took, what no sense could be made of. */
  readonly remarks: (row: Row) => readonly string[];
  /** A dimension in the office's words: a type, a person, a channel. */
  readonly dimension: (by: string, people: Told['people']) => string;
  readonly locale: NumberLocale;
};

/** Figures in words and numbers, as the reader of this screen writes them. */
export function useFigureWords(): FigureWording {
  const { t, locale: language } = useI18n();
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB';
  return {
    locale,
    number: (value) => valueWords(value, locale) ?? '–',
    change: (value, earlier) => changeWords(value, earlier, locale),
    unit: (figure) => {
      const definition = findFigure(figure);
      return definition === null ? '' : t(`figures.unit.${unitOf(definition)}`);
    },
    remarks: ({ value }) => {
      const unclear = value.kind === 'share' || value.kind === 'time' ? value.unclear : 0;
      return [
        ...(value.kind === 'share' && value.of > 0 ? [t('figures.metOf', { met: wholes(value.met, locale), of: wholes(value.of, locale) })] : []),
        ...(value.kind === 'time' && value.p90Minutes !== null ? [t(value.atLeast ? 'figures.p90More' : 'figures.p90', { hours: tenths(hoursOf(value.p90Minutes), locale) })] : []),
        ...(unclear > 0 ? [t('figures.unclear', { count: unclear })] : []),
      ];
    },
    dimension: (by, people) => {
      const [of = '', what = ''] = by.split(/:(.*)/s);
      if (of === 'kind') return Object.hasOwn(documentKinds, what) ? documentKinds[what as keyof typeof documentKinds].name : what;
      if (of === 'person') return people.find(({ id }) => id === what)?.name ?? what;
      return channels.find((one) => one === what) === undefined ? t('figures.channel.system') : t(`paper.channel.${what as (typeof channels)[number]}`);
    },
  };
}
