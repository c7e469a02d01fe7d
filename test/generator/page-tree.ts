import { pageContent, type Objects } from './objects.ts';
import type { Random } from './random.ts';
import type { FileSpec } from './spec.ts';
import { array, dict, name, numbers, text, word, type Ref, type Value } from './value.ts';

export type PageModel = { readonly root: Ref; readonly pages: readonly Ref[] };

type Entries = Readonly<Record<string, Value>>;

/** A4, letter, a slide, a box off the origin, corners the other way round: in points before /UserUnit. */
const boxes = [[0, 0, 595.276, 841.89], [0, 0, 612, 792], [0, 0, 960, 540], [-50, 30, 545, 870], [595, 842, 0, 0]] as const;

/** A tree of /Pages nodes of random shape; boxes, rotation and resources on the page or somewhere above it. */
export function addPages(objects: Objects, spec: FileSpec, random: Random): PageModel {
  const font = objects.add(dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Helvetica') }));
  const resources = dict({ Font: dict({ F1: font }), ProcSet: array([name('PDF'), name('Text')]) });
  const box = random.pick(boxes).map((value) => value / spec.userUnit);
  const given: Entries = { MediaBox: numbers(box.map(round)), Resources: random.chance(0.5) ? objects.add(resources) : resources };
  const rotate: Entries = spec.rotate === 0 && random.chance(0.5) ? {} : { Rotate: word(spec.rotate) };
  const crop: Entries = spec.cropBox ? { CropBox: numbers(cropOf(box).map(round)) } : {};
  const above: Entries = { ...(spec.inheritsBoxes ? { ...given, ...crop } : {}), ...(spec.inheritsRotate ? rotate : {}) };
  const onPage: Entries = { ...(spec.inheritsBoxes ? {} : { ...given, ...crop }), ...(spec.inheritsRotate ? {} : rotate) };
  const pages: Ref[] = [];

  const addPage = (parent: Ref): Ref => {
    const at = objects.reserve();
    const contents = random.chance(0.3) ? array([objects.add(pageContent(random)), objects.add(pageContent(random))]) : objects.add(pageContent(random));
    objects.put(at, dict({
      Type: name('Page'), Parent: parent, Contents: random.chance(0.9) ? contents : null, ...onPage,
      UserUnit: spec.userUnit === 1 && random.chance(0.8) ? null : word(spec.userUnit), Annots: annotsOf(objects, spec, random, at),
    }));
    pages.push(at);
    return at;
  };

  const addNode = (parent: Ref | null, count: number, depth: number): Ref => {
    const at = objects.reserve();
    const shares = depth <= 1 ? [] : share(count, random);
    const kids = shares.length === 0 ? Array.from({ length: count }, () => addPage(at)) : shares.map((part) => (part === 1 && random.chance(0.4) ? addPage(at) : addNode(at, part, depth - 1)));
    const list = array(kids);
    objects.put(at, dict({
      Type: name('Pages'), Parent: parent, Kids: random.chance(0.2) ? objects.add(list) : list, Count: random.chance(0.1) ? objects.add(word(count)) : word(count), ...(parent === null ? above : {}),
    }));
    return at;
  };
  const root = addNode(null, spec.pages, spec.treeDepth);
  return { root, pages };
}

function annotsOf(objects: Objects, spec: FileSpec, random: Random, page: Ref): Value | null {
  if (spec.annots === 'none' || random.chance(0.3)) return null;
  const link = (): Value => {
    const held = dict({ Type: name('Annot'), Subtype: name('Link'), Rect: numbers([20, 20, 120, 40]), Border: numbers([0, 0, 0]), A: dict({ S: name('URI'), URI: text('https://example.vn/a(b)') }), P: page });
    return objects.add(held);
  };
  const list = array(Array.from({ length: random.int(3) }, link));
  return spec.annots === 'indirect' ? objects.add(list) : list;
}

/** Parts that are one or more each. */
function share(count: number, random: Random): number[] {
  const parts: number[] = [];
  for (let left = count; left > 0; ) {
    const part = random.between(1, left);
    parts.push(part);
    left -= part;
  }
  return parts;
}

function cropOf(box: readonly number[]): number[] {
  const [left, bottom, right, top] = [Math.min(box[0]!, box[2]!), Math.min(box[1]!, box[3]!), Math.max(box[0]!, box[2]!), Math.max(box[1]!, box[3]!)];
  // wider than the sheet on one side: only what both share is shown
  return [left + (right - left) * 0.05, bottom - 10, right - (right - left) * 0.1, top - (top - bottom) * 0.05];
}

function round(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
