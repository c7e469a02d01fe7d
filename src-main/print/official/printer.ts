import type { OfficialPrinter } from '../../ports/printing.ts';
import { officialCsv } from './csv.ts';
import { dossierPackage } from './dossier-package.ts';
import { handOverMinutes } from './minutes.ts';
import { officialPdf } from './pdf.ts';
import { beginSheet } from './sheet-writer.ts';
import { officialXlsx } from './xlsx.ts';

export function createOfficialPrinter(): OfficialPrinter {
  return { pdf: officialPdf, xlsx: officialXlsx, csv: officialCsv, beginSheet: (table, format) => beginSheet(table, format), minutes: handOverMinutes, dossierPackage };
}
