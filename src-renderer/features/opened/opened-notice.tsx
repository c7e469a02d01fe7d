import { useState } from 'react';
import type { OpenedFile } from '../../../src-shared/contract/opened.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';
import { goTo } from '../../app/route.ts';
import { useAction, useBridge, useQuery } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import type { AppError } from '../../../src-shared/result.ts';
import { readOpened } from './read-opened.ts';
import { handFile, type FileTarget } from './waiting-file.ts';

const screens = { draft: 'draft', paper: 'paper', package: 'outbox' } as const satisfies Record<FileTarget, string>;

/** A file that was opened with the program from the system: what is it to become? Nothing is done with it before a person says so. */
export function OpenedNotice({ role }: { readonly role: Role }) {
  const { data } = useQuery('opened.list', {});
  const [file] = data?.files ?? [];
  return file ? <Opened key={file.id} file={file} role={role} more={(data?.files.length ?? 1) - 1} /> : null;
}

function Opened({ file, role, more }: { readonly file: OpenedFile; readonly role: Role; readonly more: number }) {
  const { t, locale } = useI18n();
  const bridge = useBridge();
  const drop = useAction('opened.drop');
  const [done, setDone] = useState<number | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const busy = done !== null;

  async function take(target: FileTarget): Promise<void> {
    setError(null);
    setDone(0);
    const read = await readOpened(bridge, file, setDone);
    setDone(null);
    if (!read.ok) return setError(read.error);
    handFile(target, read.value);
    goTo(screens[target]);
    await drop.run({ id: file.id });
  }

  return (
    <section aria-label={t('opened.title')}>
      <Note
        tone="info" live title={t('opened.file', { name: file.name, size: formatBytes(file.sizeBytes, locale) })}
        action={
          <>
            {file.kind === 'package' && <Button size="small" kind="strong" disabled={busy} onPress={() => void take('package')}>{t('opened.bring')}</Button>}
            {file.kind === 'pdf' && <Button size="small" kind="strong" disabled={busy} onPress={() => void take('draft')}>{t('nav.draft')}</Button>}
            {file.kind === 'pdf' && role === 'clerk' && <Button size="small" disabled={busy} onPress={() => void take('paper')}>{t('nav.paper')}</Button>}
            <Button size="small" disabled={busy} onPress={() => void drop.run({ id: file.id })}>{t('opened.drop')}</Button>
          </>
        }
      >
        {more > 0 ? t('opened.more', { count: more }) : t(file.kind === 'pdf' ? 'opened.askPdf' : 'opened.askPackage')}
        {busy && <Progress label={t('opened.reading')} done={done} total={file.sizeBytes} />}
      </Note>
      <ErrorNote error={error} />
    </section>
  );
}
