import { useEffect, useMemo, useRef, useState } from 'react';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import { useQueries, useQuery } from '../../bridge/use-query.ts';
import { localDay } from '../../i18n/format.ts';
import { officeChoices, successorCodes, type OfficeChoice } from './office-choices.ts';

/** As many as one looks through before typing more is quicker. */
const mostFound = 30;
/** Between two keys of somebody who types at ease: what is asked in between is not read. */
const pauseMs = 120;

/** Offices of the directory for what is typed. Until the answer is here the earlier ones stay; 120,000 offices are never all asked for. */
export function useOffices(words: string, chosen: readonly Organization[]): { readonly choices: readonly OfficeChoice[]; readonly asking: boolean } {
  const [asked, setAsked] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), pauseMs);
    return () => clearTimeout(timer);
  }, [words]);
  const [today] = useState(() => localDay(Date.now()));
  const { data } = useQuery('directory.organizations', { query: asked.trim(), limit: mostFound });
  const last = useRef(data);
  if (data) last.current = data;
  const found = last.current?.organizations;
  const codes = useMemo(() => successorCodes(found ?? [], today), [found, today]);
  const lookedUp = useQueries('directory.organizations', codes.map((code) => ({ query: code, limit: 3 })));
  const choices = useMemo(
    () => officeChoices(found ?? [], lookedUp.flatMap((one) => one.data?.organizations ?? []), new Set(chosen.map((one) => one.code)), today),
    [found, lookedUp, chosen, today],
  );
  return { choices, asking: asked !== words || data === undefined };
}
