import type { ReleaseManifest } from '../../src-shared/protocol/update.ts';

/** `latest.yml` as electron-updater 6 reads it (builder-util-runtime, `UpdateInfo`). A JSON string is a YAML scalar (YAML 1.2, 7.3.1), whatever stands in it. */
export function latestYml({ version, released, minimumSystem, notes, file }: ReleaseManifest, stagingPercentage: number): string {
  const lines = [
    `version: ${JSON.stringify(version)}`,
    'files:',
    `  - url: ${JSON.stringify(file.name)}`,
    `    sha512: ${JSON.stringify(file.sha512)}`,
    `    size: ${file.sizeBytes}`,
    `path: ${JSON.stringify(file.name)}`,
    `sha512: ${JSON.stringify(file.sha512)}`,
    `releaseDate: ${JSON.stringify(released)}`,
    `releaseNotes: ${JSON.stringify(notes.vi)}`,
    `stagingPercentage: ${stagingPercentage}`,
    ...(minimumSystem === null ? [] : [`minimumSystemVersion: ${JSON.stringify(minimumSystem)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
