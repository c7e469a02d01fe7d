import { sameBytes } from '../verification/der.ts';
import { buildChain } from '../verification/chain.ts';
import type { Certificate } from '../verification/certificate.ts';
import type { RevocationPort } from '../ports/authorities.ts';
import { readable } from './examine.ts';

export type Wanted = {
  readonly leaf: Certificate;
  readonly at: Date;
  readonly purpose: 'signing' | 'time-stamping';
  readonly others: readonly Certificate[];
  readonly anchors: readonly Certificate[];
};

export type FoundPath =
  | { readonly ok: true; readonly path: readonly Certificate[] }
  /** `final`: all issuers are known, and they lead to no anchor; `ended`: to one, but not at that time. */
  | { readonly ok: false; readonly final: boolean; readonly ended: boolean };

/** No chain in use is longer. */
const maxFetched = 4;

/** The path to an anchor, with issuers fetched from where the certificates say when nobody brought them along. */
export async function completePath(wanted: Wanted, revocation: RevocationPort, signal: AbortSignal | undefined): Promise<FoundPath> {
  const fetched: Certificate[] = [];
  for (;;) {
    const others = [...wanted.others, ...fetched];
    const chain = buildChain({ signer: wanted.leaf, others, anchors: wanted.anchors, at: wanted.at, purpose: wanted.purpose });
    if (chain.status === 'trusted') return { ok: true, path: chain.path };
    if (chain.status !== 'untrusted' || chain.wrongUsage) return { ok: false, final: wanted.anchors.length > 0, ended: chain.status === 'expired' };
    const top = topOf(wanted.leaf, others);
    if (sameBytes(top.subject, top.issuer)) return { ok: false, final: true, ended: false };
    const issuer = fetched.length < maxFetched ? await revocation.findIssuer(top.der, signal === undefined ? {} : { signal }) : null;
    const [read] = issuer === null ? [] : readable(issuer);
    if (read === undefined || others.some((each) => each.thumbprint === read.thumbprint)) return { ok: false, final: false, ended: false };
    fetched.push(read);
  }
}

/** The last certificate upwards that has its issuer not at hand. */
function topOf(leaf: Certificate, others: readonly Certificate[]): Certificate {
  let top = leaf;
  for (let i = 0; i < others.length; i += 1) {
    const issuer = others.find((each) => each.thumbprint !== top.thumbprint && sameBytes(each.subject, top.issuer));
    if (issuer === undefined || sameBytes(top.subject, top.issuer)) break;
    top = issuer;
  }
  return top;
}
