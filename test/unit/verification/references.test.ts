import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walkReferences } from '../../../src-main/verification/references.ts';
import { open, readFixture } from './make-pdf.ts';

test('object streams count as in use, and so does what they need to be read', () => {
  const file = open(readFixture('quyet-dinh-linearized-objstm.pdf'));
  const { referrers } = walkReferences(file);
  const containers = [...referrers.keys()].flatMap((num) => {
    const entry = file.findEntry(num);
    return entry?.kind === 'compressed' ? [entry.container] : [];
  });
  assert.ok(containers.length > 0);
  assert.ok(containers.every((num) => referrers.has(num)));
});
