import { fail } from '../../src-shared/result.ts';
import type { DeskHandlers } from './handlers.ts';

const notYet = () => fail('not-allowed');

/** Calls of the contract that no use-case answers yet. Whoever builds one takes its name out of here. */
export function pendingHandlers() {
  return {
    'registers.books': notYet,
    'registers.page': notYet,
    'registers.export': notYet,
    'registers.close': notYet,
    'office.settings': notYet,
    'office.setBooks': notYet,
    'office.setDay': notYet,
    'dossiers.list': notYet,
    'dossiers.read': notYet,
    'dossiers.of': notYet,
    'dossiers.open': notYet,
    'dossiers.edit': notYet,
    'dossiers.file': notYet,
    'dossiers.unfile': notYet,
    'dossiers.close': notYet,
    'dossiers.reopen': notYet,
    'dossiers.keep': notYet,
    'dossiers.handOver': notYet,
    'dossiers.index': notYet,
    'dossiers.beginExport': notYet,
    'dossiers.readExport': notYet,
    'dossiers.endExport': notYet,
    'dossiers.minutes': notYet,
    'catalogues.list': notYet,
    'catalogues.set': notYet,
    'catalogues.approve': notYet,
    'grants.list': notYet,
    'grants.give': notYet,
    'grants.end': notYet,
  } satisfies Partial<DeskHandlers>;
}
