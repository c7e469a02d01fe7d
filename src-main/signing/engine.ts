import type { SigningPort } from '../ports/signing.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import { failureOf, repairPdf } from '../pdf/index.ts';
import { advisePng } from './appearance/advise-image.ts';
import { checkPng } from './appearance/check-image.ts';
import { cleanPng } from './appearance/clean-image.ts';
import { inspectDocument } from './inspect.ts';
import { issueDocument } from './issue.ts';
import { markDocument, previewMark } from './marks/mark.ts';
import { readPlaces } from './places/read-places.ts';
import { sharedPageReader, type PageReader } from './places/reader/page-reader.ts';
import { prepareDocument } from './prepare.ts';
import { previewIssue, previewSignature } from './preview.ts';
import { signDocument } from './sign.ts';

/** The signing engine of signing.md §1–3. What it returns is a tail; the input is only read. */
export function createSigningEngine(reader: PageReader = sharedPageReader()): SigningPort {
  return {
    inspect: inspectDocument,
    repair: repairPdf,
    findPlaces: (input) => readPlaces(reader, input),
    prepare: (input, places) => settle(async () => ok({ tail: await prepareDocument(input, places) })),
    sign: (input, request) => settle(() => signDocument(input, request)),
    issue: (input, request) => settle(() => issueDocument(input, request)),
    mark: (input, request) => settle(() => markDocument(reader, input, request)),
    previewMark: (input, request) => settle(() => previewMark(reader, input, request)),
    previewSign: (input, request) => settle(() => previewSignature(input, request)),
    previewIssue: (input, request) => settle(() => previewIssue(input, request)),
    checkImage: checkPng,
    adviseImage: advisePng,
    cleanImage: cleanPng,
  };
}

async function settle<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, error: failureOf(error) };
  }
}
