/** What waits in the order in which it goes: the works of one document behind each other, documents by their first work. */
export function inLanes<T extends { readonly document: string }>(rows: readonly T[]): readonly T[] {
  const lanes = new Map<string, T[]>();
  for (const row of rows) {
    const lane = lanes.get(row.document);
    if (lane) lane.push(row);
    else lanes.set(row.document, [row]);
  }
  return [...lanes.values()].flat();
}
