import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCeased, officeChoices, successorCodes } from '../../../src-renderer/features/issuing/office-choices.ts';
import { directoryEntry, plainEntry, type DirectoryEntry } from '../../../src-shared/domain/organization.ts';

const today = '2026-11-22';
const office = (code: string, name: string, patch: object = {}): DirectoryEntry => directoryEntry.parse({ code, name, otherCode: null, parent: null, ceasedOn: null, successors: [], ...patch });

const district = office('H35.10', 'UBND huyện Sơn Tịnh', { ceasedOn: '2025-06-30', successors: ['H35.101', 'H35.102'] });
const commune = office('H35.101', 'UBND xã Sơn Tịnh', { otherCode: '000.01.10.H35' });
const other = office('H35.102', 'UBND xã Tịnh Khê');
const none = new Set<string>();

describe('offices to send to', () => {
  test('one that ceased is told as such with those who came after it, who stand behind it to be chosen', () => {
    const choices = officeChoices([district], [commune, other], none, today);
    assert.deepEqual(choices.map(({ office: { name }, ceasedOn, insteadOf }) => [name, ceasedOn, insteadOf]), [
      ['UBND huyện Sơn Tịnh', '2025-06-30', null], ['UBND xã Sơn Tịnh', null, 'UBND huyện Sơn Tịnh'], ['UBND xã Tịnh Khê', null, 'UBND huyện Sơn Tịnh'],
    ]);
    assert.deepEqual(choices[0]?.successors, ['UBND xã Sơn Tịnh', 'UBND xã Tịnh Khê']);
  });

  test('its last day it still works', () => {
    assert.equal(isCeased(office('H35.1', 'A', { ceasedOn: today }), today), false);
    assert.equal(isCeased(office('H35.1', 'A', { ceasedOn: '2026-11-21' }), today), true);
  });

  test('successors are asked for once, and not when they were found anyway, by either code', () => {
    assert.deepEqual(successorCodes([district], today), ['H35.101', 'H35.102']);
    assert.deepEqual(successorCodes([district, other], today), ['H35.101']);
    const byOtherCode = office('H35.11', 'Phòng', { ceasedOn: '2025-06-30', successors: ['000.01.10.H35'] });
    assert.deepEqual(successorCodes([byOtherCode, commune], today), []);
    assert.deepEqual(officeChoices([byOtherCode, commune], [], none, today).map((one) => one.insteadOf), [null, 'Phòng']);
  });

  test('nobody is asked for on account of an office that works', () => assert.deepEqual(successorCodes([office('H35.1', 'A', { successors: ['H35.2'] })], today), []));

  test('a hundred ceased offices ask for the successors of the first few', () => {
    const many = Array.from({ length: 100 }, (_, at) => office(`H35.X${at}`, `Phòng ${at}`, { ceasedOn: '2025-06-30', successors: [`H35.Y${at}`] }));
    assert.equal(successorCodes(many, today).length, 5);
  });

  test('who was chosen already is not offered again, as successor neither', () => {
    assert.deepEqual(officeChoices([district], [commune, other], new Set(['H35.101']), today).map((one) => one.office.code), ['H35.10', 'H35.102']);
  });

  test('two that name each other as successors end', () => {
    const a = office('H35.1', 'A', { ceasedOn: '2025-01-01', successors: ['H35.2'] });
    const b = office('H35.2', 'B', { ceasedOn: '2025-01-01', successors: ['H35.1'] });
    assert.deepEqual(officeChoices([a, b], [], none, today).map((one) => [one.office.code, one.successors]), [['H35.1', ['B']], ['H35.2', ['A']]]);
  });

  test('both codes are shown', () => assert.deepEqual(officeChoices([commune, plainEntry(other)], [], none, today).map((one) => one.codes), [['H35.101', '000.01.10.H35'], ['H35.102']]));
});
