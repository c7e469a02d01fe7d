import { encryptionFiles, evidenceFiles } from './cases/evidence.ts';
import { testFiles } from './support/test-files.ts';

await testFiles([...evidenceFiles, ...encryptionFiles]);
