import { fail, type Result } from '../../../src-shared/result.ts';
import { attempt, openPdf } from '../../pdf/index.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { Places } from '../../ports/signing.ts';
import { displayedSizeMm } from '../geometry.ts';
import type { PageRoom } from './find-room.ts';
import type { PageReader } from './reader/page-reader.ts';

/**
 * Where things belong, told by the thread that reads pages. A file that it cannot be done with in time may be signed all the same: it is
 * given its pages and no places, and the person says where. Errors as `findPlaces`.
 */
export async function readPlaces(reader: PageReader, input: ByteSource): Promise<Result<Places>> {
  const reading = await reader.read('places', input);
  return reading === 'unread' ? placeless(input) : reading;
}

/** What is on the pages that a mark may stand on. Error besides those of `findPlaces`: `mark.no-room` where it could not be read in time. */
export async function readRooms(reader: PageReader, input: ByteSource): Promise<Result<readonly PageRoom[]>> {
  const reading = await reader.read('rooms', input);
  return reading === 'unread' ? fail('mark.no-room') : reading;
}

function placeless(input: ByteSource): Result<Places> {
  const opened = openPdf(input);
  if (!opened.ok) return opened;
  return attempt(() => {
    const pages = Array.from({ length: opened.value.pageCount }, (_, index) => opened.value.findPage(index)).flatMap((page) => (page === null ? [] : [displayedSizeMm(page)]));
    return { pages, signature: null, seal: null, number: null, day: null, month: null, year: null, prepared: false };
  });
}
