type Place = { readonly page: number; readonly xMm: number; readonly widthMm: number };

/** On which side of its rectangle a mark's words stand: outwards, so that a seal and the signature it overlaps do not cover each other's. */
export function markSide(place: Place, others: readonly Place[]): 'left' | 'right' {
  const middle = (one: Place): number => one.xMm + one.widthMm / 2;
  return others.some((other) => other.page === place.page && middle(other) > middle(place)) ? 'left' : 'right';
}
