import { Download, Paperclip } from 'lucide-react';
import { useState } from 'react';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes } from '../../i18n/format.ts';
import { saveCopy } from '../../pdf/save-copy.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';

/** The files that went, or go, with a document (QĐ 28/2018 Art 10.1), each to be saved; nothing where there are none. They are not opened here: what they hold is not looked at. */
export function Attachments({ files }: { readonly files: readonly ContentRef[] }) {
  const { t, locale } = useI18n();
  const bridge = useBridge();
  const [saving, setSaving] = useState<{ readonly of: ContentRef; readonly percent: number } | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  if (files.length === 0) return null;

  async function save(file: ContentRef): Promise<void> {
    setError(null);
    setSaving({ of: file, percent: 0 });
    const failed = await saveCopy(bridge, file, file.sizeBytes, (done) => setSaving({ of: file, percent: Math.floor((done / file.sizeBytes) * 100) }), new AbortController().signal);
    setSaving(null);
    setError(failed);
  }

  return (
    <section aria-label={t('attach.list')}>
      <h2>{t('attach.count', { count: files.length })}</h2>
      <ul className="attachment-list">
        {files.map((file) => (
          <li key={`${file.sha256} ${file.fileName}`} className="attachment">
            <Paperclip aria-hidden size={16} strokeWidth={1.75} />
            <span className="attachment-name">
              {file.fileName} <span className="quiet">{formatBytes(file.sizeBytes, locale)}</span>
              {saving?.of === file && <progress value={saving.percent} max={100} aria-label={t('attach.save', { name: file.fileName })} />}
            </span>
            <IconButton label={t('attach.save', { name: file.fileName })} icon={Download} disabled={saving !== null} onPress={() => void save(file)} />
          </li>
        ))}
      </ul>
      <ErrorNote error={error} />
    </section>
  );
}
