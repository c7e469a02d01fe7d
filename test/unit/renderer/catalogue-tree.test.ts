import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogueTree, movedEntry, placeForEntry, type CatalogueNode } from '../../../src-renderer/features/dossiers/catalogue-tree.ts';
import { translate } from '../../../src-renderer/i18n/translate.ts';
import type { OrganizationCode, PersonId, CommandId, DocumentId } from '../../../src-shared/domain/ids.ts';
import type { CatalogueEntry } from '../../../src-shared/domain/records/catalogue.ts';
import { decideCatalogue, type CatalogueCommand } from '../../../src-shared/domain/records/catalogue-rules.ts';

const entry = (code: string, heading = false): CatalogueEntry => ({ code, heading, title: 'Tên', retention: heading ? null : 10, keeper: null, note: '' });
const list = [entry('00.CT'), entry('I', true), entry('1', true), entry('01.VT'), entry('2', true), entry('02.VT'), entry('II', true), entry('03.TC'), entry('1', true), entry('04.TC')];
type Shape = readonly [label: string, children: readonly Shape[]];
const shapeOf = ({ label, children = [] }: CatalogueNode): Shape => [label.split('.').slice(0, -1).join('.'), children.map(shapeOf)];

describe('the year’s list as NĐ 30/2020 App V lays it out', () => {
  test('headings in figures lie in the main heading before them, dossiers in the nearest heading, and one number may stand in two', () => {
    const tree = catalogueTree(list, [], (key, params) => translate('vi', key, params));
    assert.deepEqual(tree.map(shapeOf), [['00.CT', []], ['I', [['1', [['01.VT', []]]], ['2', [['02.VT', []]]]]], ['II', [['03.TC', []], ['1', [['04.TC', []]]]]]]);
    const ids = (nodes: readonly CatalogueNode[]): readonly string[] => nodes.flatMap(({ id, children = [] }) => [id, ...ids(children)]);
    assert.deepEqual(ids(tree), list.map((_, index) => String(index)), 'each node names its own entry');
  });

  test('a new dossier goes behind the last of the heading that was chosen, a new heading to the end', () => {
    assert.deepEqual([placeForEntry(list, false, 2), placeForEntry(list, false, 3), placeForEntry(list, false, 9), placeForEntry(list, false, null), placeForEntry(list, true, 2)], [4, 4, 10, 10, 10]);
  });

  test('an entry moves by one place and never out of the list', () => {
    assert.deepEqual(movedEntry(list, 3, -1).slice(2, 4).map(({ code }) => code), ['01.VT', '1']);
    assert.equal(movedEntry(list, 0, -1), list);
    assert.equal(movedEntry(list, list.length - 1, 1), list);
  });

  test('two dossiers of one code are refused, two headings of one number are not', () => {
    const unit = { code: '000.01.01.H48' as OrganizationCode, name: 'UBND xã' };
    const decide = (entries: readonly CatalogueEntry[]): string => {
      const command = {
        id: '00000000-0000-4000-8000-000000000003' as CommandId, document: '00000000-0000-4000-8000-000000000001' as DocumentId, unit: unit.code,
        actor: { person: 'mai' as PersonId, fullName: 'Mai', role: 'clerk', unit: unit.code }, at: '2026-01-02T02:00:00.000Z', base: { workflow: 0, assignment: 0 }, dependsOn: null,
        type: 'setCatalogue', args: { year: 2026, entries: [...entries] },
      } satisfies CatalogueCommand;
      const decided = decideCatalogue(null, command, unit);
      return decided.ok ? 'set' : decided.error.code;
    };
    assert.deepEqual([decide(list), decide([...list, entry('01.VT')])], ['set', 'dossier.codes-twice']);
  });
});
