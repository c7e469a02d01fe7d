import type { Migration } from '../migrate.ts';
import { documents } from './0010-documents.ts';
import { outbox } from './0020-outbox.ts';
import { office } from './0030-office.ts';
import { blobs } from './0040-blobs.ts';
import { workingLists } from './0050-working-lists.ts';
import { signingWork } from './0060-signing-work.ts';
import { keptReports } from './0070-kept-reports.ts';
import { keptAnswers } from './0080-kept-answers.ts';
import { serverLog } from './0090-server-log.ts';
import { snapshots } from './0100-snapshots.ts';
import { conflicts } from './0110-conflicts.ts';
import { directory } from './0120-directory.ts';
import { officeRecords } from './0130-office-records.ts';
import { search } from './0140-search.ts';
import { audit } from './0190-audit.ts';
import { savedSearches } from './0200-saved-searches.ts';
import { figures } from './0220-figures.ts';

export const migrations: readonly Migration[] = [documents, outbox, office, blobs, workingLists, signingWork, keptReports, keptAnswers, serverLog, snapshots, conflicts, directory, officeRecords, search, audit, savedSearches, figures];

export function migrationsOf(file: Migration['file']): readonly Migration[] {
  return migrations.filter((migration) => migration.file === file);
}
