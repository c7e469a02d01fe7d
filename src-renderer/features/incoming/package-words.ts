import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { PackageSignature } from '../../../src-shared/domain/package-signature.ts';
import type { Translate } from '../../i18n/translate.ts';

/** The signature over the whole package that brought it; null for what came another way, or before packages were looked at. */
export function packageOf(history: DocumentDetail['history']): PackageSignature | null {
  return history.find((event) => event.type === 'received')?.packageSignature ?? null;
}

export function packageWords(signature: PackageSignature, t: Translate): string {
  switch (signature.state) {
    case 'none':
      return t('package.unsigned');
    case 'broken':
      return t('package.broken', { why: t(`package.broken.${signature.why}`) });
    case 'intact':
      return t(signature.legacy ? 'package.intactLegacy' : 'package.intact', { signer: signature.signer });
  }
}
