import type { viewer as vi } from '../vi/viewer.ts';

export const viewer: Readonly<Record<keyof typeof vi, string>> = {
  'reading.label': 'Document pages',
  'reading.none': 'Choose a document in the list to read it.',
  'reading.noContent': 'The content is not on this machine yet. It will come when there is a line.',
  'reading.opening': 'Opening the page…',
  'reading.broken': 'This file cannot be shown. It is intact on this machine.',
  'reading.zoomIn': 'Zoom in',
  'reading.zoomOut': 'Zoom out',
  'reading.fit': 'Fit width',
  'reading.page': 'Page {page} / {pages}',
  'reading.pageLabel': 'Page {page}',
  'reading.side': 'About this document',
};
