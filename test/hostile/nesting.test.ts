import { nestingFiles } from './cases/nesting.ts';
import { testFiles } from './support/test-files.ts';

await testFiles(nestingFiles);
