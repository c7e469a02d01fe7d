import { z } from 'zod';

/** What the office writes on a document besides ký duyệt and phát hành: dấu đến, bản sao, phụ lục, bút phê. Each is a signature of its own. */
export const markKinds = ['incoming', 'copy', 'appendix', 'comment'] as const;
export const markKind = z.enum(markKinds);
export type MarkKind = z.infer<typeof markKind>;

/** NĐ 30/2020/NĐ-CP Art 25 and App I Part II.I.1: the words stand in capitals. */
export const copyForms = { 'sao-y': 'SAO Y', 'sao-luc': 'SAO LỤC', 'trich-sao': 'TRÍCH SAO' } as const;
export type CopyForm = keyof typeof copyForms;
export const copyForm = z.enum(Object.keys(copyForms) as [CopyForm, ...CopyForm[]]);
