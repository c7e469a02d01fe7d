import type { ByteSource } from '../ports/bytes.ts';
import type { Inspection } from '../ports/signing.ts';
import type { Result } from '../../src-shared/result.ts';
import { attempt, checkHistory, openPdf, type PdfFile } from '../pdf/index.ts';
import { readCertification } from './certified.ts';
import { listFields, preparedNames } from './form.ts';
import { countSignatures } from './open-for-signing.ts';
import { readPdfA } from './pdf-a.ts';

/** What a person should know of a file before it is signed; reads what it tells of and no more. */
export function inspectDocument(input: ByteSource): Result<Inspection> {
  const opened = openPdf(input);
  return opened.ok ? attempt(() => inspect(opened.value)) : opened;
}

function inspect(file: PdfFile): Inspection {
  checkHistory(file);
  const fields = listFields(file, file.catalog);
  const names = new Set(fields.map(({ name }) => name));
  return {
    pages: file.pageCount,
    signatures: countSignatures(fields),
    prepared: names.has(preparedNames.number) && names.has(preparedNames.seal),
    certified: readCertification(file, fields),
    protection: file.protection === null ? 'none' : file.protection.openedWith === 'nothing' ? 'restricted' : 'password',
    pdfA: readPdfA(file),
    tagged: file.get(file.catalog, 'StructTreeRoot').kind === 'dict',
  };
}
