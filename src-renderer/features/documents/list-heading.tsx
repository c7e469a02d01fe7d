import type { Folder } from '../../../src-shared/contract/documents.ts';
import { useT } from '../../i18n/context.tsx';
import { useFolderTotal } from './list.tsx';

export function ListHeading({ folder, query }: { readonly folder: Folder; readonly query: string }) {
  const t = useT();
  const total = useFolderTotal(folder, query);
  return (
    <div className="list-heading">
      <h1>{t(`nav.${folder}`)}</h1>
      {total !== null && <span>{t('list.count', { count: total })}</span>}
    </div>
  );
}
