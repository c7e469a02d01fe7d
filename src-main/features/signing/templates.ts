import { z } from 'zod';
import { placementTemplate, type PlacementTemplate } from '../../../src-shared/contract/signing.ts';
import type { DeskContext } from '../context.ts';

const key = 'signing.templates';
const kept = z.array(placementTemplate);

type Templates = { readonly templates: PlacementTemplate[] };

export function listTemplates({ store }: Pick<DeskContext, 'store'>): Templates {
  const text = store.getSetting(key);
  return { templates: text === null ? [] : kept.parse(JSON.parse(text)) };
}

/** One place for each thing and type of document: a new one takes the room of the old one. The newest stands first. */
export function saveTemplate(context: Pick<DeskContext, 'store'>, template: PlacementTemplate): Templates {
  const others = listTemplates(context).templates.filter((one) => one.id !== template.id && !(one.of === template.of && one.kind === template.kind));
  return write(context, [template, ...others]);
}

export function removeTemplate(context: Pick<DeskContext, 'store'>, id: string): Templates {
  return write(context, listTemplates(context).templates.filter((one) => one.id !== id));
}

function write({ store }: Pick<DeskContext, 'store'>, templates: PlacementTemplate[]): Templates {
  store.setSetting(key, JSON.stringify(templates));
  return { templates };
}
