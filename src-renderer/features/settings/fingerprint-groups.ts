/** `F7BC 8905 …`: sixteen groups of four, as authorities print them. */
export function fingerprintGroups(thumbprint: string): readonly string[] {
  return thumbprint.toUpperCase().match(/.{1,4}/g) ?? [];
}
