// What the tests call besides Node, by Debian's names and by the commands they bring.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `commands`: any one of them on the PATH means that it is there, whoever installed it. Empty: only Debian can tell. */
export const testPackages = [
  { debian: 'softhsm2', commands: ['softhsm2-util'] },
  { debian: 'opensc', commands: ['pkcs11-tool'] },
  { debian: 'openssl', commands: ['openssl'] },
  { debian: 'poppler-utils', commands: ['pdfsig'] },
  // the province's database; its programs lie outside the PATH
  { debian: 'postgresql', commands: [] },
  // certutil and pk12util: the keys that pdfsig signs with
  { debian: 'libnss3-tools', commands: ['certutil'] },
  // xmllint: the second opinion on packages of the national axis
  { debian: 'libxml2-utils', commands: ['xmllint'] },
  { debian: 'qpdf', commands: ['qpdf'] },
  { debian: 'mupdf-tools', commands: ['mutool'] },
  { debian: 'ghostscript', commands: ['gs'] },
  { debian: 'chromium', commands: ['chromium', 'google-chrome', 'chrome', 'msedge'] },
  // registers as an office suite sees them; dossiers as any ZIP program does
  { debian: 'libreoffice-calc-nogui', commands: ['soffice'] },
  { debian: 'unzip', commands: ['unzip'] },
  { debian: 'fonts-liberation', commands: [] },
  // iText 5 is the second opinion on signatures (iTextVerify is compiled by the tests)
  { debian: 'libitext5-java', commands: [] },
  { debian: 'default-jdk-headless', commands: ['javac'] },
  // Windows' own Node runs the store and the locks under it; its program lies outside the PATH
  { debian: 'wine64', commands: [] },
];

/** pkcs11js compiles when it is installed; everything else comes built. */
export const compilePackages = [
  { debian: 'python3', commands: ['python3', 'python'] },
  { debian: 'make', commands: ['make'] },
  { debian: 'g++', commands: ['g++', 'c++', 'clang++', 'cl'] },
];

export function findMissing(packages) {
  const unknown = packages.filter(({ commands }) => !commands.some(isOnPath));
  if (unknown.length === 0) return [];
  const asked = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...unknown.map(({ debian }) => debian)], { encoding: 'utf8' });
  // Not a Debian: what has a command is known to be missing, what has none cannot be looked for
  if (asked.error !== undefined) return unknown.filter(({ commands }) => commands.length > 0);
  const installed = new Set(asked.stdout.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]));
  return unknown.filter(({ debian }) => !installed.has(debian));
}

function isOnPath(command) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return (process.env.PATH ?? '').split(delimiter).some((folder) => endings.some((ending) => isExecutable(join(folder, command + ending))));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
