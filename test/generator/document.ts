import { addForm } from './form.ts';
import { pageContent, type Objects } from './objects.ts';
import { addPages, type PageModel } from './page-tree.ts';
import type { Random } from './random.ts';
import type { FileSpec } from './spec.ts';
import { array, dict, extended, name, numbers, ref, stream, text, word, type Body, type Dict, type Ref, type Saved, type Slot, type Stream, type Value } from './value.ts';

/** A letter of a few pages, saved once or several times, as the spec says. */
export function makeDocument(spec: FileSpec, random: Random): readonly Saved[] {
  const changed = new Map<number, Slot>();
  const bodies = new Map<number, Body>();
  const given = new Map<number, number>();
  const freed: Ref[] = [];
  let next = 1;
  const objects: Objects = {
    reserve: () => {
      const reused = freed.length > 0 && random.chance(0.6) ? freed.shift() : undefined;
      // gaps in the numbering are free entries of the table
      if (reused === undefined && random.chance(0.08)) next += random.between(1, 5);
      const at = reused ?? ref(next, spec.oddGenerations && random.chance(0.2) ? random.between(1, 40) : 0);
      if (reused === undefined) next += 1;
      given.set(at.num, at.gen);
      return at;
    },
    put: (at, body) => {
      bodies.set(at.num, body);
      changed.set(at.num, { num: at.num, gen: at.gen, body });
    },
    add: (body) => {
      const at = objects.reserve();
      objects.put(at, body);
      return at;
    },
    read: (at) => {
      const body = bodies.get(at.num);
      if (body === undefined) throw new Error(`object ${at.num} was never put`);
      return body;
    },
    free: (at) => {
      bodies.delete(at.num);
      changed.set(at.num, { num: at.num, gen: at.gen + 1, body: 'free' });
      freed.push(ref(at.num, at.gen + 1));
    },
  };
  const root = objects.reserve();
  const pages = addPages(objects, spec, random);
  const junk = Array.from({ length: random.int(6) }, () => objects.add(junkBody(random)));
  const info = random.chance(0.7) ? objects.add(infoDict(random)) : null;
  objects.put(root, catalog(objects, spec, random, pages, junk));

  const saved: Saved[] = [];
  const save = (): void => {
    saved.push({ slots: [...changed.values()], root, info });
    changed.clear();
  };
  save();
  while (saved.length < spec.revisions) {
    changeSomething(objects, spec, random, pages, junk, info);
    save();
  }
  return saved;
}

function catalog(objects: Objects, spec: FileSpec, random: Random, pages: PageModel, junk: readonly Ref[]): Dict {
  const metadata = random.chance(0.4) ? objects.add(metadataStream()) : null;
  const entries: Record<string, Value | null> = {
    Type: name('Catalog'), Pages: pages.root, Metadata: metadata,
    // what no reader knows must be carried along
    VT_Thu: array(junk), ...(spec.tagged ? structure(objects, random, pages) : {}),
    ViewerPreferences: random.chance(0.3) ? dict({ DisplayDocTitle: word('true') }) : null,
    Lang: random.chance(0.3) ? text('vi-VN') : null,
  };
  const form = addForm(objects, spec, random, pages);
  return dict({ ...entries, AcroForm: form });
}

function structure(objects: Objects, random: Random, pages: PageModel): Readonly<Record<string, Value>> {
  const root = objects.reserve();
  const page = pages.pages[0]!;
  const paragraph = objects.reserve();
  const top = objects.add(dict({ Type: name('StructElem'), S: name('Document'), P: root, K: array([paragraph]) }));
  objects.put(paragraph, dict({ Type: name('StructElem'), S: name('P'), P: top, Pg: page, K: word(0) }));
  const nums = dict({ Nums: array([word(0), objects.add(array([paragraph]))]) });
  const parents = random.chance(0.5) ? objects.add(nums) : nums;
  objects.put(root, dict({ Type: name('StructTreeRoot'), K: top, ParentTree: parents, ParentTreeNextKey: word(1) }));
  const held = objects.read(page);
  if (held.kind === 'dict') objects.put(page, extended(held, { StructParents: word(0) }));
  return { StructTreeRoot: root, MarkInfo: dict({ Marked: word('true') }) };
}

function changeSomething(objects: Objects, spec: FileSpec, random: Random, pages: PageModel, junk: Ref[], info: Ref | null): void {
  for (let i = random.between(1, 3); i > 0; i -= 1) {
    const page = random.pick(pages.pages);
    const held = objects.read(page);
    const what = random.int(5);
    if (what === 0 && info !== null) objects.put(info, infoDict(random));
    else if (what === 1 && held.kind === 'dict') objects.put(page, extended(held, { Contents: objects.add(pageContent(random)) }));
    else if (what === 2 && held.kind === 'dict') addNote(objects, random, page, held);
    else if (what === 3 && spec.frees && junk.length > 0) objects.free(junk.splice(random.int(junk.length), 1)[0]!);
    else junk.push(objects.add(junkBody(random)));
  }
}

function addNote(objects: Objects, random: Random, page: Ref, held: Dict): void {
  const note = objects.add(dict({ Type: name('Annot'), Subtype: name('Text'), Rect: numbers([10, 10, 30, 30]), Contents: text(`ghi (${random.int(1000)})`), P: page, F: word(4) }));
  const annots = held.entries.find(([key]) => key === 'Annots')?.[1];
  if (annots?.kind === 'ref') {
    const list = objects.read(annots);
    objects.put(annots, array([...(list.kind === 'array' ? list.items : []), note]));
  } else objects.put(page, extended(held, { Annots: array([...(annots?.kind === 'array' ? annots.items : []), note]) }));
}

function infoDict(random: Random): Dict {
  return dict({ Title: text(Buffer.from('\ufeffCông văn số', 'utf16le').swap16()), Producer: text(`may (so ${random.int(100)})\\`), CreationDate: text("D:20260102030405+07'00'") });
}

/** Anything that is lawful and belongs to nobody. */
function junkBody(random: Random): Body {
  const words = ['0', '-17', '+4', '.5', '-.002', '4.', '00012', 'true', 'false', 'null', '3.14159265'] as const;
  const simple = (): Value => random.pick<() => Value>([() => word(random.pick(words)), () => text(random.bytes(random.int(40))), () => name(random.pick(['A B', 'tên#', 'x/y', 'P', ''])), () => ref(random.between(900, 5000), 0)])();
  const list = array(Array.from({ length: random.int(6) }, simple));
  if (random.chance(0.3)) return list;
  if (random.chance(0.2)) return text(random.bytes(12));
  const held = dict({ A: simple(), B: list, 'C D': dict({ E: simple(), F: array([list]) }) });
  return random.chance(0.4) ? { kind: 'stream', dict: held, data: random.bytes(random.int(300)) } : held;
}

function metadataStream(): Stream {
  const rdf = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>';
  return stream({ Type: name('Metadata'), Subtype: name('XML') }, Buffer.from(rdf, 'utf8'));
}
