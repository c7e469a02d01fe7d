import { z } from 'zod';
import type { Input } from '../../../src-shared/contract/index.ts';
import { localDate, personId, type PersonId } from '../../../src-shared/domain/ids.ts';
import type { CatalogueEntry } from '../../../src-shared/domain/records/catalogue.ts';
import type { DossierState, Retention } from '../../../src-shared/domain/records/dossier.ts';
import type { MessageKey, Translate } from '../../i18n/translate.ts';

const dossierValues = z.object({
  code: z.string(), title: z.string(), retention: z.string(), keeper: personId.or(z.literal('')), startDate: localDate.nullable(), construction: z.boolean(), rights: z.string(), note: z.string(),
});
export type DossierValues = z.output<typeof dossierValues>;
export type DossierDescription = Omit<Input<'dossiers.open'>, 'year' | 'catalogueCode'>;

/** From which entry of which year's list a dossier is opened; `entry` null: outside of it. */
export type DossierOrigin = { readonly year: number; readonly entry: CatalogueEntry | null };

export function parseDossierValues(value: unknown): DossierValues | null {
  return dossierValues.safeParse(value).data ?? null;
}

/** `me` keeps what nobody else was named for. */
export function newDossierValues(entry: CatalogueEntry | null, me: PersonId | null, today: string): DossierValues {
  return {
    code: entry?.code ?? '', title: entry?.title ?? '', retention: entry?.retention ? String(entry.retention) : '', keeper: entry?.keeper ?? me ?? '', startDate: today, construction: false, rights: '', note: entry?.note ?? '',
  };
}

export function valuesOfDossier({ code, title, retention, keeper, startDate, construction, rights, note }: DossierState): DossierValues {
  return { code, title, retention: String(retention), keeper, startDate, construction, rights, note };
}

export type DossierFaults = { readonly [F in 'code' | 'title' | 'retention' | 'keeper' | 'startDate']?: MessageKey };

/** What keeps the form from being stored, a sentence a field. */
export function findDossierFaults({ code, title, retention, keeper, startDate }: DossierValues): DossierFaults {
  return {
    ...(code.trim() === '' ? { code: 'dossier.needCode' as const } : {}),
    ...(title.trim() === '' ? { title: 'dossier.needTitle' as const } : {}),
    ...(readRetention(retention) === null ? { retention: 'dossier.needRetention' as const } : {}),
    ...(keeper === '' ? { keeper: 'dossier.needKeeper' as const } : {}),
    ...(startDate === null ? { startDate: 'dossier.needStart' as const } : {}),
  };
}

/** What is asked of the backend; null while something is missing. */
export function descriptionOf({ code, title, retention, keeper, startDate, construction, rights, note }: DossierValues): DossierDescription | null {
  const kept = readRetention(retention);
  if (kept === null || keeper === '' || startDate === null || code.trim() === '' || title.trim() === '') return null;
  return { code: code.trim(), title: title.trim(), retention: kept, keeper, startDate, construction, rights: rights.trim(), note: note.trim() };
}

export function readRetention(text: string): Retention | null {
  if (text === 'permanent') return text;
  const years = Number(text);
  return Number.isInteger(years) && years > 0 && years <= 100 ? years : null;
}

export function retentionWords(kept: Retention, t: Translate): string {
  return kept === 'permanent' ? t('dossier.retention.permanent') : t('dossier.retention.years', { count: kept });
}

/** Thông tư 10/2022/TT-BNV names these terms; whatever else stands in `present` stays a choice. */
export function retentionOptions(present: string, t: Translate): readonly { readonly value: string; readonly label: string }[] {
  const usual: readonly Retention[] = ['permanent', 70, 50, 20, 15, 10, 5, 2];
  const own = readRetention(present);
  return (own === null || usual.includes(own) ? usual : [...usual, own]).map((kept) => ({ value: String(kept), label: retentionWords(kept, t) }));
}
