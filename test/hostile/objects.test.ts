import { objectFiles } from './cases/objects.ts';
import { testFiles } from './support/test-files.ts';

await testFiles(objectFiles);
