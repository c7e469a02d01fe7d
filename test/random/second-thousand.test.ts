import { testFiles } from './support/random-files.ts';

testFiles(1_001, 2_000);
