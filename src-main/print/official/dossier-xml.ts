import type { ArchivedDocument, ArchivedDossier, ArchivedSignatures } from '../../ports/printing.ts';

export const dossierNamespace = 'urn:van-thu:dossier:1';
/** Where each file of a document lies in the package, in the order of its `files`. */
export type NamedDocument = { readonly document: ArchivedDocument; readonly paths: readonly string[] };

/** Fields and names of NĐ 30/2020 App VI; `resources/dossier/dossier.xsd` says what is allowed. */
export function dossierXml(dossier: ArchivedDossier, named: readonly NamedDocument[]): string {
  const { fileCode } = dossier;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Dossier xmlns="${dossierNamespace}" version="1">`,
    `  <FileCode>${element('OrganId', fileCode.organId)}${element('FileCatalog', String(fileCode.fileCatalog))}${element('FileNotation', fileCode.fileNotation)}</FileCode>`,
    ...fields(2, [
      ['Title', dossier.title], ['Maintenance', dossier.maintenance], ['Rights', dossier.rights], ['Creator', dossier.creator], ['Language', dossier.language], ['StartDate', dossier.startDate], ['EndDate', dossier.endDate],
      ['DocTotal', String(dossier.docTotal)], ['PageTotal', String(dossier.pageTotal)], ['Description', dossier.description],
    ]),
    '  <Documents>',
    ...named.flatMap(documentLines),
    '  </Documents>',
    '</Dossier>',
  ];
  return `${lines.join('\n')}\n`;
}

function documentLines({ document, paths }: NamedDocument): readonly string[] {
  return [
    '    <Document>',
    ...fields(6, [
      ['DocOrdinal', String(document.docOrdinal)], ['TypeName', document.typeName], ['CodeNumber', document.codeNumber], ['CodeNotation', document.codeNotation], ['IssuedDate', document.issuedDate], ['OrganName', document.organName],
      ['Subject', document.subject], ['Language', document.language], ['PageAmount', String(document.pageAmount)], ['Description', document.description],
    ]),
    ...document.signers.map(({ position, fullName }) => `      <SignerInfo>${element('Position', position)}${element('FullName', fullName)}</SignerInfo>`),
    ...document.files.map(({ mediaType, sizeBytes, sha256, signed }, index) => `      <File role="${index === 0 ? 'document' : 'attachment'}">${element('Path', paths[index] ?? '')}${element('MediaType', mediaType)}${element('Size', String(sizeBytes))}${element('SHA256', sha256.toLowerCase())}${signatures(signed)}</File>`),
    '    </Document>',
  ];
}

/** Left out where nobody has examined the file: that is no word about its signatures. */
function signatures(signed: ArchivedSignatures | null): string {
  if (signed === null) return '';
  const { count, level, verdict, checkedAt } = signed;
  return `<Signatures count="${count}"${level === null ? '' : ` level="${level}"`} verdict="${verdict}"${checkedAt === null ? '' : ` checkedAt="${escape(checkedAt)}"`}/>`;
}

/** What is not known has an empty element: the reader sees that it was asked for. */
function fields(indent: number, list: readonly (readonly [name: string, text: string])[]): readonly string[] {
  return list.map(([name, text]) => ' '.repeat(indent) + element(name, text));
}

function element(name: string, text: string): string {
  return `<${name}>${escape(text)}</${name}>`;
}

/** XML 1.0 2.2: what no document may hold is named by U+FFFD. */
function escape(text: string): string {
  return text.toWellFormed().replaceAll(/(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu, '\uFFFD').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}
