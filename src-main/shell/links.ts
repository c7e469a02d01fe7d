/** The state's own pages that the program's words may send a person to. A host is written out whole: its neighbours and its sub-domains are others. */
export const linkHosts = ['ca.gov.vn', 'www.ca.gov.vn', 'rootca.gov.vn', 'neac.gov.vn', 'chinhphu.vn', 'vanban.chinhphu.vn', 'congbao.chinhphu.vn', 'vbpl.vn', 'luutru.gov.vn'] as const;

/** A page that asks for more than this in one address writes, it does not read. */
const longestPath = 200;

/**
 * The address to hand to the person's own browser, or null: then it is shown as text and never opened. https and one of the hosts, on its own port, without a name
 * or password before it, and without a query or fragment: what a hostile document would write out of the desk has no place to stand in.
 */
export function openableLink(address: unknown): string | null {
  if (typeof address !== 'string') return null;
  const url = URL.parse(address);
  // what a parser has to mend was not written by us
  if (url === null || url.href !== address || url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return null;
  if (address.includes('?') || address.includes('#')) return null;
  if (!linkHosts.some((host) => host === url.hostname) || url.pathname.length > longestPath) return null;
  // plain words alone: no escapes, no second address inside the first
  return /^\/[\w./-]*$/.test(url.pathname) && !url.pathname.includes('//') ? url.href : null;
}
