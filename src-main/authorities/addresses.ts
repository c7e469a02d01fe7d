import type { Certificate } from '../verification/certificate.ts';
import { children, readOid, sequence, type DerNode } from '../verification/der.ts';

/** What a certificate says of the services that answer for it, in its order; only what this program can ask (http, https). */
export type ServiceAddresses = { readonly ocsp: readonly string[]; readonly issuers: readonly string[]; readonly crls: readonly string[] };

const oids = { access: '1.3.6.1.5.5.7.1.1', ocsp: '1.3.6.1.5.5.7.48.1', issuers: '1.3.6.1.5.5.7.48.2', distributionPoints: '2.5.29.31' } as const;
/** GeneralName's [6], an IA5String. */
const uriTag = 0x86;
/** More than any authority writes; a hostile certificate shall not send the program around the world. */
const most = 4;

export function readAddresses(certificate: Certificate): ServiceAddresses {
  const access = extensionOf(certificate, oids.access) ?? [];
  const named = (method: string): readonly string[] => usable(access.flatMap((each) => {
    const [kind, place] = sequence(each) ?? [];
    return readOid(kind) === method && place !== undefined ? [place] : [];
  }));
  const points = (extensionOf(certificate, oids.distributionPoints) ?? []).flatMap((each) => readPoint(each));
  return { ocsp: named(oids.ocsp), issuers: named(oids.issuers), crls: usable(points) };
}

/** RFC 5280 4.2.1.13. A point for some reasons only, or of another issuer's list, does not settle the status alone. */
function readPoint(node: DerNode): readonly DerNode[] {
  const parts = sequence(node) ?? [];
  if (parts.some(({ tag }) => tag !== 0xa0)) return [];
  const [name] = children(parts[0]) ?? [];
  return name?.tag === 0xa0 ? (children(name) ?? []) : [];
}

function extensionOf(certificate: Certificate, oid: string): readonly DerNode[] | null {
  return sequence(certificate.extensions.find((each) => each.oid === oid)?.value);
}

function usable(names: readonly DerNode[]): readonly string[] {
  const uris = names.filter(({ tag }) => tag === uriTag).map(({ content }) => Buffer.from(content).toString('latin1').trim());
  const addresses = uris.filter((address) => /^https?:\/\//i.test(address) && URL.canParse(address));
  return [...new Set(addresses)].slice(0, most);
}
