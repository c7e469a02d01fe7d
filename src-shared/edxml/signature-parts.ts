import { decodeBase64 } from './base64.ts';
import type { CanonicalForm, XmlEvent } from './canonical.ts';
import { signatureNamespace } from './codes.ts';
import { canonicalUris, digestUris, envelopedTransform, keyOf, signatureUris, type HashName, type SignatureAlgorithm } from './signature-algorithms.ts';

export type SignedReference = { readonly uri: string; readonly enveloped: boolean; readonly form: CanonicalForm; readonly digest: HashName; readonly value: Uint8Array };
export type SignatureParts = {
  readonly form: CanonicalForm;
  readonly algorithm: SignatureAlgorithm;
  readonly references: readonly SignedReference[];
  readonly value: Uint8Array;
  readonly certificates: readonly Uint8Array[];
};

type Node = { readonly local: string; readonly uri: string; readonly attributes: ReadonlyMap<string, string>; readonly children: Node[]; text: string };
const inclusive: CanonicalForm = { exclusive: false, comments: false, inclusivePrefixes: [] };
const mostReferences = 20;
const mostCertificates = 10;

/** What a Signature element says; `unsupported` names an algorithm that is not read here. */
export function readSignatureParts(events: readonly XmlEvent[]): SignatureParts | 'malformed' | 'unsupported' {
  const root = treeOf(events);
  const signedInfo = root === undefined ? undefined : only(root, 'SignedInfo');
  const valueNode = root === undefined ? undefined : only(root, 'SignatureValue');
  if (root === undefined || signedInfo === undefined || valueNode === undefined) return 'malformed';
  const method = only(signedInfo, 'CanonicalizationMethod');
  const algorithmNode = only(signedInfo, 'SignatureMethod');
  const value = decodeBase64(valueNode.text);
  const references = all(signedInfo, 'Reference');
  if (method === undefined || algorithmNode === undefined || value === null || references.length === 0) return 'malformed';
  const form = readForm(method);
  const algorithm = keyOf(signatureUris, algorithmNode.attributes.get('Algorithm'));
  if (form === undefined || algorithm === undefined || references.length > mostReferences) return 'unsupported';

  const read: SignedReference[] = [];
  for (const reference of references) {
    const one = readReference(reference);
    if (typeof one === 'string') return one;
    read.push(one);
  }
  const certificates = all(root, 'KeyInfo')
    .flatMap((info) => all(info, 'X509Data'))
    .flatMap((data) => all(data, 'X509Certificate'))
    .flatMap(({ text }) => decodeBase64(text) ?? []);
  return { form, algorithm, references: read, value, certificates: certificates.slice(0, mostCertificates) };
}

function readReference(node: Node): SignedReference | 'malformed' | 'unsupported' {
  const digestNode = only(node, 'DigestMethod');
  const value = decodeBase64(only(node, 'DigestValue')?.text ?? '');
  const uri = node.attributes.get('URI');
  if (digestNode === undefined || value === null || value.length === 0 || uri === undefined) return 'malformed';
  const digest = keyOf(digestUris, digestNode.attributes.get('Algorithm'));
  if (digest === undefined) return 'unsupported';
  let enveloped = false;
  let form = inclusive;
  let formed = false;
  for (const transform of all(node, 'Transforms').flatMap((list) => all(list, 'Transform'))) {
    const named = readForm(transform);
    // after a canonical form comes text, to which the other transform has nothing to say (XML-DSig 4.4.3.2)
    if (transform.attributes.get('Algorithm') === envelopedTransform && !formed && !enveloped) enveloped = true;
    else if (named !== undefined && !formed) {
      form = named;
      formed = true;
    } else return 'unsupported';
  }
  // XML-DSig 4.4.3.3: what `""` and `#name` point at has no comments
  return { uri, enveloped, form: { ...form, comments: false }, digest, value };
}

function readForm(node: Node): CanonicalForm | undefined {
  const form = canonicalUris[node.attributes.get('Algorithm') ?? ''];
  if (form === undefined) return undefined;
  const prefixes = node.children.find(({ local }) => local === 'InclusiveNamespaces')?.attributes.get('PrefixList') ?? '';
  return { ...form, inclusivePrefixes: prefixes.split(/\s+/).flatMap((prefix) => (prefix === '' ? [] : [prefix === '#default' ? '' : prefix])) };
}

function treeOf(events: readonly XmlEvent[]): Node | undefined {
  const stack: Node[] = [];
  let root: Node | undefined;
  for (const event of events) {
    if (event.at === 'open') {
      const node: Node = { local: event.local, uri: event.uri, attributes: new Map(event.attributes.map(({ name, value }) => [name, value])), children: [], text: '' };
      stack.at(-1)?.children.push(node);
      root ??= node;
      stack.push(node);
    } else if (event.at === 'close') stack.pop();
    else if (event.at === 'text') {
      const top = stack.at(-1);
      if (top !== undefined) top.text += event.text;
    }
  }
  return root;
}

function all(node: Node, local: string): readonly Node[] {
  return node.children.filter((each) => each.local === local && each.uri === signatureNamespace);
}

function only(node: Node, local: string): Node | undefined {
  const found = all(node, local);
  return found.length === 1 ? found[0] : undefined;
}
