import { useMemo } from 'react';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import { useQueries, useQuery } from '../../bridge/use-query.ts';
import { officeChoices, successorCodes, type OfficeChoice } from './office-choices.ts';
import { useToday } from '../../i18n/present.ts';

/** As many as one looks through before typing more is quicker. */
const mostFound = 30;
/**
 * Offices of the directory for what is typed; 120,000 are never all asked for, and the store answers before the next key. Until then there are none: an earlier answer's
 * first office must not be what Enter takes.
 */
export function useOffices(words: string, chosen: readonly Organization[]): { readonly choices: readonly OfficeChoice[]; readonly asking: boolean } {
  const today = useToday();
  const { data } = useQuery('directory.organizations', { query: words.trim(), limit: mostFound });
  const found = data?.organizations;
  const codes = useMemo(() => successorCodes(found ?? [], today), [found, today]);
  const lookedUp = useQueries('directory.organizations', codes.map((code) => ({ query: code, limit: 3 })));
  const choices = useMemo(
    () => officeChoices(found ?? [], lookedUp.flatMap((one) => one.data?.organizations ?? []), new Set(chosen.map((one) => one.code)), today),
    [found, lookedUp, chosen, today],
  );
  return { choices, asking: data === undefined };
}
