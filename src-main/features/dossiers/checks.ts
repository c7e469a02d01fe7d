import type { z } from 'zod';
import type { dossierCheck } from '../../../src-shared/contract/dossiers.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import type { DeskContext } from '../context.ts';
import { keptSignatures } from './signatures.ts';

export type DossierCheck = z.infer<typeof dossierCheck>;

/**
 * What stands in the way of closing (NĐ 30/2020 Art 29.3: complete, of value, in order), and what should be looked at first. Those that block come first.
 */
export function checksOf({ blobs, store }: Pick<DeskContext, 'blobs' | 'store'>, dossier: DossierState, documents: readonly DocumentState[]): DossierCheck[] {
  const checks: DossierCheck[] = [];
  const add = (check: DossierCheck['check'], blocks: boolean, found: readonly DocumentId[], message: string): void => {
    checks.push({ check, blocks, documents: [...found], message });
  };
  const idsOf = (is: (state: DocumentState) => boolean): DocumentId[] => documents.filter(is).map(({ id }) => id);

  if (dossier.documents.length === 0) add('empty', true, [], 'Hồ sơ chưa có văn bản nào.');
  if (dossier.code.trim() === '') add('no-code', true, [], 'Hồ sơ chưa có số, ký hiệu.');
  const drafts = idsOf(({ direction, stage }) => direction === 'outgoing' && ['draft', 'submitted', 'approved', 'returned'].includes(stage));
  if (drafts.length > 0) add('draft', true, drafts, `${drafts.length} văn bản còn là dự thảo.`);
  const unregistered = idsOf(({ direction, arrival, stage }) => direction === 'incoming' && arrival === null && stage === 'arrived');
  if (unregistered.length > 0) add('unregistered', true, unregistered, `${unregistered.length} văn bản chưa vào sổ.`);
  const unfinished = idsOf(({ direction, stage }) => direction === 'incoming' && ['registered', 'presented', 'assigned'].includes(stage));
  if (unfinished.length > 0) add('unfinished', false, unfinished, `${unfinished.length} văn bản chưa giải quyết xong.`);
  const twice = sameContent(documents);
  if (twice.length > 0) add('twice', false, twice, `${twice.length} văn bản có nội dung giống hệt nhau.`);
  const known = new Set(documents.map(({ id }) => id));
  const missing = [...dossier.documents.filter((id) => !known.has(id)), ...idsOf(({ content, attachments }) => [content, ...attachments].some(({ sha256 }) => !blobs.has(sha256)))];
  if (missing.length > 0) add('missing-file', false, missing, `${missing.length} văn bản chưa tải đủ tệp về máy này.`);
  // kept for years: what is signed should prove itself when its certificates are long over (Luật Giao dịch điện tử 2023 Art 13)
  const shorter = idsOf(({ content, attachments }) => [content, ...attachments].some(({ sha256 }) => {
    const signed = keptSignatures({ store }, sha256);
    return signed !== null && signed.level !== null && signed.level !== 'B-LTA';
  }));
  if (shorter.length > 0) add('short-lived', false, shorter, `${shorter.length} văn bản có chữ ký số chưa đạt mức lưu trữ lâu dài (B-LTA).`);
  return checks.toSorted((a, b) => Number(b.blocks) - Number(a.blocks));
}

function sameContent(documents: readonly DocumentState[]): DocumentId[] {
  const byContent = new Map<Sha256, DocumentId[]>();
  for (const { id, content } of documents) byContent.set(content.sha256, [...(byContent.get(content.sha256) ?? []), id]);
  return [...byContent.values()].filter((ids) => ids.length > 1).flat();
}
