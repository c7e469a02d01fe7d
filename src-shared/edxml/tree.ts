import { edxmlNamespace } from './codes.ts';
import type { XmlEvent } from './canonical.ts';

/** An element of the markup. Contents of attachments and signatures are not in it. */
export type XmlNode = { readonly uri: string; readonly local: string; readonly path: string; readonly children: XmlNode[]; text: string };

export type TreeBuilder = { readonly on: (event: XmlEvent) => void; readonly root: () => XmlNode | undefined; readonly open: () => XmlNode | undefined; readonly parent: () => XmlNode | undefined };

export function createTreeBuilder(): TreeBuilder {
  const stack: XmlNode[] = [];
  let root: XmlNode | undefined;
  return {
    root: () => root,
    open: () => stack.at(-1),
    parent: () => stack.at(-2),
    on(event) {
      const parent = stack.at(-1);
      if (event.at === 'open') {
        const node: XmlNode = { uri: event.uri, local: event.local, path: parent === undefined ? event.local : `${parent.path}/${event.local}`, children: [], text: '' };
        if (parent === undefined) root ??= node;
        else parent.children.push(node);
        stack.push(node);
      } else if (event.at === 'close') stack.pop();
      else if (event.at === 'text' && parent !== undefined) parent.text += event.text;
    },
  };
}

/** By namespace and name, whatever the prefix and the order (both dialects of domain §2.3). */
export function childrenOf(node: XmlNode, local: string): readonly XmlNode[] {
  return node.children.filter((each) => each.local === local && each.uri === edxmlNamespace);
}
