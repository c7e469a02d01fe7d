import { crossReferenceFiles } from './cases/cross-reference.ts';
import { testFiles } from './support/test-files.ts';

await testFiles(crossReferenceFiles);
