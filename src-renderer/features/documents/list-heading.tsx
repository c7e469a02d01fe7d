import type { Folder } from '../../../src-shared/contract/documents.ts';
import { useI18n } from '../../i18n/context.tsx';
import { useFolderTotal } from './list.tsx';

export function ListHeading({ folder, query }: { readonly folder: Folder; readonly query: string }) {
  const { t, locale } = useI18n();
  const total = useFolderTotal(folder, query);
  return (
    <div className="list-heading">
      <h1>{t(`nav.${folder}`)}</h1>
      {total !== null && <span>{t('list.count', { count: total.toLocaleString(locale === 'vi' ? 'vi-VN' : 'en-GB') })}</span>}
    </div>
  );
}
