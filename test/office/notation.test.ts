import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openOffice, type OfficeUnderTest } from './support.ts';

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

test('the notation of what the office has issued is offered for the next document, by type; where that does not say, none is', async () => {
  const offered = async (desk: string, ...kinds: readonly ('thong-bao' | 'quyet-dinh' | 'cong-van')[]): Promise<readonly (string | null)[]> => Promise.all(kinds.map(async (kind) => (await o.ask(desk, 'documents.notation', { kind })).notation));
  assert.deepEqual(await offered('department-clerk', 'thong-bao', 'quyet-dinh', 'cong-van'), ['TB-SKHCN', 'QĐ-SKHCN', null]);
  assert.deepEqual(await offered('commune-clerk', 'thong-bao', 'quyet-dinh', 'cong-van'), ['TB-UBND', 'QĐ-UBND', 'UBND-VP'], 'what others have sent to it says nothing');
});
