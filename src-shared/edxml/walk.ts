import { z } from 'zod';
import { escapeText } from './canonical.ts';
import { PackageFault } from './refusal.ts';
import { childrenOf, type XmlNode } from './tree.ts';

/** `organId` ⇄ `OrganId`: the schemas' keys are the elements' names. */
export function elementName(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function inner(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? inner(schema.unwrap()) : schema;
}

/**
 * The element as its schema says, checked. Elements that the schema does not know are named in `ignored`; one that is there twice where one is
 * meant would leave open which of them counts, and is refused. Throws `PackageFault`.
 */
export function readElement<Schema extends z.ZodType>(node: XmlNode, schema: Schema, ignored: string[]): z.infer<Schema> {
  const read = schema.safeParse(rawOf(node, schema, ignored));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const steps = (issue?.path ?? []).map((step) => (typeof step === 'number' ? `[${step + 1}]` : elementName(String(step))));
  const where = [node.path, ...steps].join('/').replaceAll('/[', '[');
  const name = steps.findLast((step) => !step.startsWith('[')) ?? node.local;
  const absent = issue?.code === 'invalid_type' || (issue?.code === 'invalid_value' && issue.input === undefined && lookUp(node, issue.path) === undefined);
  throw new PackageFault(absent ? `thiếu ${name}` : issue?.code === 'too_big' ? `quá nhiều ${name}` : `${name} ${issue?.message ?? 'không hợp lệ'}`, where);
}

function lookUp(node: XmlNode, path: readonly PropertyKey[]): XmlNode | undefined {
  let at: XmlNode | undefined = node;
  for (const step of path) if (typeof step === 'string' && at !== undefined) at = childrenOf(at, elementName(step))[0];
  return at;
}

function rawOf(node: XmlNode, schema: unknown, ignored: string[]): unknown {
  const kind = inner(schema);
  if (!(kind instanceof z.ZodObject)) {
    if (node.children.length > 0) throw new PackageFault(`${node.local} phải chỉ có chữ`, node.path);
    return node.text.trim();
  }
  if (node.text.trim() !== '') throw new PackageFault(`${node.local} có chữ lạc giữa các phần tử`, node.path);
  const known = new Set<string>();
  const raw: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(kind.shape)) {
    const name = elementName(key);
    known.add(name);
    const found = childrenOf(node, name);
    const one = inner(field);
    if (one instanceof z.ZodArray) raw[key] = found.map((each) => rawOf(each, one.element, ignored)).filter((each) => each !== '');
    else if (found.length > 1) throw new PackageFault(`có hai phần tử ${name}`, `${node.path}/${name}`);
    else if (found[0] !== undefined) {
      const value = rawOf(found[0], one, ignored);
      // an empty element says no more than one that is not there; so does a group of such
      if (value !== '' && !(field instanceof z.ZodOptional && isEmptyGroup(value))) raw[key] = value;
    }
  }
  for (const each of node.children) if (each.uri !== node.uri || !known.has(each.local)) ignored.push(each.path);
  return raw;
}


function isEmptyGroup(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((each) => Array.isArray(each) && each.length === 0);
}

/** The children of an element, in the schema's order, the prefix always written (a third party's schema refuses it otherwise, domain §2.3). */
export function writeChildren(value: object, schema: unknown, prefix: string): string {
  const kind = inner(schema);
  if (!(kind instanceof z.ZodObject)) throw new Error('not an element with children');
  const fields: Readonly<Record<string, unknown>> = { ...value };
  return Object.entries(kind.shape)
    .map(([key, field]) => {
      const one = inner(field);
      const found = fields[key];
      const [list, of] = one instanceof z.ZodArray ? [Array.isArray(found) ? (found as readonly unknown[]) : [], one.element] : [found === undefined ? [] : [found], one];
      return list.map((each) => writeElement(elementName(key), each, of, prefix)).join('');
    })
    .join('');
}

function writeElement(name: string, value: unknown, schema: unknown, prefix: string): string {
  const content = typeof value === 'object' && value !== null ? writeChildren(value, schema, prefix) : typeof value === 'string' ? escapeText(value) : '';
  return `<${prefix}${name}>${content}</${prefix}${name}>`;
}
