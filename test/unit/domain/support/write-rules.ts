import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeRules } from './describe-rules.ts';

writeFileSync(join(import.meta.dirname, '../../../../docs/office-rules.md'), describeRules());
