import type { Migration } from '../migrate.ts';
import { documents } from './0010-documents.ts';
import { outbox } from './0020-outbox.ts';
import { office } from './0030-office.ts';
import { blobs } from './0040-blobs.ts';
import { workingLists } from './0050-working-lists.ts';
import { signingWork } from './0060-signing-work.ts';
import { keptReports } from './0070-kept-reports.ts';
import { keptAnswers } from './0080-kept-answers.ts';

export const migrations: readonly Migration[] = [documents, outbox, office, blobs, workingLists, signingWork, keptReports, keptAnswers];

export function migrationsOf(file: Migration['file']): readonly Migration[] {
  return migrations.filter((migration) => migration.file === file);
}
