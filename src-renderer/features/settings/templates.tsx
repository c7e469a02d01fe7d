import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { PlacementTemplate } from '../../../src-shared/contract/signing.ts';
import { documentKinds } from '../../../src-shared/domain/document.ts';
import { useAction, useQuery, useStore } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Kept places of signature and seal: renamed or thrown away here, made where one places. */
export function Templates() {
  const t = useT();
  const { data } = useQuery('templates.list', {});
  const templates = data?.templates ?? [];
  return (
    <section className="settings-part">
      <h2>{t('settings.templates')}</h2>
      {templates.length === 0 ? <p className="quiet">{t('settings.templatesNone')}</p> : <ul className="template-list">{templates.map((one) => <Template key={one.id} template={one} />)}</ul>}
    </section>
  );
}

function Template({ template }: { readonly template: PlacementTemplate }) {
  const t = useT();
  const say = useToast();
  const store = useStore();
  const save = useAction('templates.save');
  const remove = useAction('templates.remove');
  const [name, setName] = useState(template.name);
  const kind = template.kind ? documentKinds[template.kind].name : t('place.allKinds');
  const refresh = (): void => store.invalidate(({ channel }) => channel === 'templates.list');

  async function rename(): Promise<void> {
    if (name.trim() === '' || name.trim() === template.name) return setName(template.name);
    const result = await save.run({ template: { ...template, name: name.trim() } });
    if (result.ok) refresh();
  }

  async function drop(): Promise<void> {
    const result = await remove.run({ id: template.id });
    if (!result.ok) return;
    refresh();
    say(t('settings.templateRemoved', { name: template.name }), { label: t('undo.button'), run: () => void save.run({ template }).then(refresh) });
  }

  return (
    <li className="template">
      <TextField label={t('settings.templateName')} value={name} maxLength={100} onChange={setName} onEnter={() => void rename()} />
      <p className="quiet">{t('settings.templateWhere', { what: t(`settings.image.${template.of}`), kind, page: template.page, from: t(`settings.from.${template.from}`) })}</p>
      {name.trim() !== template.name && <Button onPress={() => void rename()}>{t('settings.rename')}</Button>}
      <Button kind="quiet" icon={Trash2} onPress={() => void drop()}>{t('place.forget')}</Button>
      <ErrorNote error={save.error ?? remove.error} />
    </li>
  );
}
