import { lazy, useId, useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { PdfViewer } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { CompareFrame } from '../verification/compare-frame.tsx';

// pdf.js comes in a file of its own.
const DraftPair = lazy(async () => ({ default: (await import('../../pdf/compare/draft-pair.tsx')).DraftPair }));

type Version = Output<'documents.drafts'>['versions'][number];
/** Events that bring another file, by their words. */
const known = ['drafted', 'revised', 'submitted', 'approved', 'issued'] as const;

/** Every file that a document of ours has had, newest first, each to be looked at and laid beside the present one. Nothing while there is only one (NĐ 30/2020 Art 10, 11). */
export function Versions({ document }: { readonly document: DocumentState }) {
  return document.direction === 'outgoing' ? <Listed document={document} /> : null;
}

function Listed({ document }: { readonly document: DocumentState }) {
  const t = useT();
  const { data } = useQuery('documents.drafts', { id: document.id });
  const [opened, setOpened] = useState<{ readonly what: 'look' | 'compare'; readonly version: Version } | null>(null);
  const id = useId();
  const versions = data?.versions ?? [];
  if (versions.length < 2) return null;
  const close = (): void => setOpened(null);
  return (
    <section aria-label={t('versions.heading')}>
      <details className="versions">
        <summary>{t('versions.count', { count: versions.length })}</summary>
        <ol>
          {versions.map((version, index) => {
            const present = version.content.sha256 === document.content.sha256;
            const name = wordsOf(version, t);
            return (
              <li key={`${version.at} ${version.content.sha256}`}>
                <span id={`${id}-${index}`}><strong>{name}</strong>{present && <span className="quiet"> · {t('versions.present')}</span>}</span>
                <span className="quiet">{[version.by, formatInstant(version.at)].filter(Boolean).join(' · ')}</span>
                {!present && (
                  <span className="phrases">
                    <Button size="small" describedBy={`${id}-${index}`} onPress={() => setOpened({ what: 'look', version })}>{t('versions.look')}</Button>
                    <Button size="small" describedBy={`${id}-${index}`} onPress={() => setOpened({ what: 'compare', version })}>{t('versions.compare')}</Button>
                  </span>
                )}
              </li>
            );
          })}
        </ol>
      </details>
      {opened && (
        <CompareFrame title={t(opened.what === 'look' ? 'versions.lookTitle' : 'versions.title')} opening={t('compare.opening')} onClose={close}>
          {opened.what === 'look'
            ? <div className="versions-look"><p className="compare-words">{aboutOf(opened.version, t)}</p><PdfViewer content={opened.version.content} document={document.id} rotatable /></div>
            : <DraftPair document={document.id} earlier={opened.version.content} present={document.content} about={aboutOf(opened.version, t)} />}
        </CompareFrame>
      )}
    </section>
  );
}

function wordsOf({ what }: Version, t: Translate): string {
  const event = known.find((one) => one === what);
  return t(event ? `versions.what.${event}` : 'versions.what.other');
}

function aboutOf(version: Version, t: Translate): string {
  return [wordsOf(version, t), version.by, formatInstant(version.at)].filter(Boolean).join(' · ');
}
