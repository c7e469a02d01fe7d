import { testFiles } from './support/random-files.ts';

testFiles(1, 1_000);
