import { compressionFiles } from './cases/compression.ts';
import { testFiles } from './support/test-files.ts';

await testFiles(compressionFiles);
