import type { SigningPort } from '../ports/signing.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import { attempt, failureOf, openPdf } from '../pdf/index.ts';
import { checkPng } from './appearance/check-image.ts';
import { listFields, preparedNames } from './form.ts';
import { issueDocument } from './issue.ts';
import { countSignatures } from './open-for-signing.ts';
import { findPlaces } from './places/find-places.ts';
import { prepareDocument } from './prepare.ts';
import { pendingEngine } from './pending.ts';
import { previewIssue, previewSignature } from './preview.ts';
import { signDocument } from './sign.ts';

/** The signing engine of signing.md §1–3. What it returns is a tail; the input is only read. */
export function createSigningEngine(): SigningPort {
  return {
    ...pendingEngine,
    inspect: (input) => {
      const opened = openPdf(input);
      if (!opened.ok) return opened;
      return attempt(() => {
        const fields = listFields(opened.value, opened.value.catalog);
        const names = new Set(fields.map(({ name }) => name));
        return {
          pages: opened.value.pageCount, signatures: countSignatures(fields), prepared: names.has(preparedNames.number) && names.has(preparedNames.seal),
          certified: null, protection: 'none', pdfA: null, tagged: false,
        };
      });
    },
    findPlaces,
    prepare: (input, places) => settle(async () => ok({ tail: await prepareDocument(input, places) })),
    sign: (input, request) => settle(() => signDocument(input, request)),
    issue: (input, request) => settle(() => issueDocument(input, request)),
    previewSign: (input, request) => settle(() => previewSignature(input, request)),
    previewIssue: (input, request) => settle(() => previewIssue(input, request)),
    checkImage: checkPng,
  };
}

async function settle<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, error: failureOf(error) };
  }
}
