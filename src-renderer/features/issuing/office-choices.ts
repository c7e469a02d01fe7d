import type { DirectoryEntry, Organization } from '../../../src-shared/domain/organization.ts';

/** One line of the list: an office that can be chosen, or one that ceased and says who came after it. */
export type OfficeChoice = {
  readonly office: Organization;
  /** Both of its codes. */
  readonly codes: readonly string[];
  /** Its last day, when that has passed: it cannot be chosen. */
  readonly ceasedOn: string | null;
  /** Names of those who took over its work, as far as the directory knows them. */
  readonly successors: readonly string[];
  /** It is here because it took over from this office, which was found. */
  readonly insteadOf: string | null;
};

/** Ceased offices whose successors are looked up: more than these are not read, and each costs a question. */
const mostLookedUp = 5;

/** `today`: `yyyy-mm-dd` in Vietnam. An office works through its last day. */
export function isCeased({ ceasedOn }: Pick<DirectoryEntry, 'ceasedOn'>, today: string): boolean {
  return ceasedOn !== null && ceasedOn < today;
}

/** Codes of offices that have to be asked for, so that they can be named and offered. */
export function successorCodes(found: readonly DirectoryEntry[], today: string): readonly string[] {
  const known = new Set(found.flatMap(codesOf));
  const codes = found.filter((one) => isCeased(one, today)).slice(0, mostLookedUp).flatMap((one) => one.successors);
  return [...new Set<string>(codes)].filter((code) => !known.has(code));
}

/** What the field offers: those found, and behind each that ceased those who came after it. Who was chosen already is left out. */
export function officeChoices(found: readonly DirectoryEntry[], lookedUp: readonly DirectoryEntry[], chosen: ReadonlySet<string>, today: string): readonly OfficeChoice[] {
  const all = [...found, ...lookedUp];
  const find = (code: string): DirectoryEntry | undefined => all.find((one) => codesOf(one).includes(code));
  const choices = new Map<string, OfficeChoice>();
  const put = (entry: DirectoryEntry, insteadOf: string | null): void => {
    const { code, name } = entry;
    if (choices.has(code) || codesOf(entry).some((one) => chosen.has(one))) return;
    const ceased = isCeased(entry, today);
    const successors = ceased ? entry.successors.flatMap((one) => find(one) ?? []) : [];
    choices.set(code, { office: { code, name }, codes: codesOf(entry), ceasedOn: ceased ? entry.ceasedOn : null, successors: successors.map((one) => one.name), insteadOf });
    // One that took over and ceased since is no help
    for (const successor of successors) if (!isCeased(successor, today)) put(successor, name);
  };
  for (const entry of found) put(entry, null);
  return [...choices.values()];
}

function codesOf({ code, otherCode }: DirectoryEntry): readonly string[] {
  return otherCode === null ? [code] : [code, otherCode];
}
