import type { TextPort } from '../ports/text.ts';
import { createPageReader, sharedPageReader, type PageReader } from './places/reader/page-reader.ts';

/** A thread of its own: whoever waits for a place on a page does not wait behind the search. */
export function createTextReader(reader: PageReader = createPageReader({ deadlineMs: 10_000, idleMs: 5_000 }), shared: PageReader = sharedPageReader()): TextPort {
  return {
    read: async (input) => {
      const reading = await reader.read('text', input);
      if (reading === 'unread') return { outcome: 'unreadable', pages: 0, text: '' };
      if (!reading.ok) return { outcome: reading.error.code.startsWith('pdf.password') ? 'locked' : 'unreadable', pages: 0, text: '' };
      const { pages, text } = reading.value;
      return /[\p{L}\p{N}]/u.test(text) ? { outcome: 'text', pages, text } : { outcome: 'no-text', pages, text: '' };
    },
    readFirstPage: async (input) => {
      const reading = await shared.read('first-page', input);
      return reading === 'unread' || !reading.ok ? null : reading.value.text;
    },
    close: reader.close,
  };
}
