import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Of this program: two folders up, from the source and from each bundle alike. */
export const version = (JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8')) as { version: string }).version;
