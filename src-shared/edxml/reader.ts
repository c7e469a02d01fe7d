import { createBase64Decoder } from './base64.ts';
import type { XmlEvent } from './canonical.ts';
import { counts, edxmlNamespace } from './codes.ts';
import { defaultReadLimits, type ReadLimits } from './limits.ts';
import { readMessage } from './message.ts';
import type { AttachmentHead, EdxmlMessage } from './model.ts';
import { createPipe, type Pipe } from './pipe.ts';
import { PackageFault, type Refusal } from './refusal.ts';
import type { Digests } from './signature-algorithms.ts';
import { createSignatureWatch, type SignatureResult } from './signature.ts';
import { createTreeBuilder, type XmlNode } from './tree.ts';
import { createUnpacker, type Unpacked, type Unpacker } from './unpack.ts';
import { createXmlScanner, type XmlName } from './xml-scanner.ts';

/** `index`: the place among the attachments; the other two only where the package says them before the content. */
export type ComingAttachment = { readonly index: number; readonly contentId: string | undefined; readonly attachmentName: string | undefined };
export type AttachmentSink = (attachment: ComingAttachment, content: AsyncIterable<Uint8Array>) => Promise<void>;
export type ReceivedAttachment = AttachmentHead & Unpacked & { readonly index: number };

export type ReadOutcome =
  | {
      readonly ok: true;
      readonly message: EdxmlMessage;
      readonly attachments: readonly ReceivedAttachment[];
      readonly signature: SignatureResult;
      /** Paths of elements that this reader has no use for. */
      readonly ignored: readonly string[];
    }
  | { readonly ok: false; readonly refusal: Refusal };

export type ReadOptions = { readonly digests: Digests; readonly sink: AttachmentSink; readonly limits?: Partial<ReadLimits> };

const sliceBytes = 16 << 10;
const pieceBytes = 64 << 10;
const dataPath = ['edXML', 'AttachmentEncoded', 'Attachment', 'ContentTransferEncoded'];

type Effect = { readonly at: 'begin'; readonly coming: ComingAttachment; readonly where: string } | { readonly at: 'bytes'; readonly bytes: Uint8Array } | { readonly at: 'finish' };
type Open = { readonly unpacker: Unpacker; readonly pipe: Pipe; readonly where: string; readonly done: Promise<SinkEnd>; ended: SinkEnd | undefined };
type SinkEnd = { readonly failure?: unknown };

/**
 * Reads one package. Contents of attachments go to `sink`, unpacked, one after the other, in pieces of at most 64 KB, no faster than it takes them.
 * What it received stands only if the outcome is `ok`; when the package turns out wrong, the content that is being read throws. Throws itself only
 * for what is not the package's fault: a source that fails, a sink that fails.
 */
export async function readPackage(source: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<ReadOutcome> {
  const limits: ReadLimits = { ...defaultReadLimits, ...options.limits };
  const tree = createTreeBuilder();
  const watch = createSignatureWatch(options.digests);
  const contents: XmlNode[] = [];
  const unpacked: Unpacked[] = [];
  const effects: Effect[] = [];
  let decoder = createBase64Decoder();
  let inData = 0; // depth inside the open content element
  let depth = 0;
  let open: Open | undefined;
  let spent = 0;

  const scanner = createXmlScanner(limits, isContent, onEvent);
  try {
    for await (const slice of slicesOf(source)) {
      scanner.push(slice);
      for (const effect of effects.splice(0)) await perform(effect);
    }
    scanner.end();
    const root = tree.root();
    if (root === undefined) throw new PackageFault('gói tin rỗng', 'gói tin');
    const { message, attachments, ignored } = readMessage(root, contents, unpacked);
    return { ok: true, message, attachments, signature: await watch.result(), ignored };
  } catch (fault) {
    if (open !== undefined) {
      open.pipe.fail(fault instanceof Error ? fault : new Error('the source failed', { cause: fault }));
      await open.done;
    }
    if (fault instanceof PackageFault) return { ok: false, refusal: fault.refusal };
    throw fault;
  }

  function onEvent(event: XmlEvent): void {
    if (event.at === 'open') depth += 1;
    watch.on(event);
    if (!watch.inside()) {
      if (inData > 0 && (event.at === 'data' || event.at === 'text')) decode(event.at === 'data' ? event.bytes : asciiOf(event.text));
      else tree.on(event);
    }
    if (event.at === 'close') {
      if (depth === inData) {
        inData = 0;
        if (!decoder.end()) throw new PackageFault('nội dung tệp đính kèm không phải Base64 hoặc bị cụt', scanner.where());
        effects.push({ at: 'finish' });
      }
      depth -= 1;
    }
  }

  /** Called by the scanner when an element has just been opened. */
  function isContent(path: readonly XmlName[]): boolean {
    if (path.length !== dataPath.length || !path.every(({ uri, local }, at) => uri === edxmlNamespace && local === dataPath[at])) return false;
    const node = tree.open();
    if (node === undefined || contents.length >= counts.Attachment) throw new PackageFault('quá nhiều tệp đính kèm', scanner.where());
    const text = (name: string): string | undefined => tree.parent()?.children.find(({ local, uri }) => local === name && uri === edxmlNamespace)?.text.trim();
    effects.push({ at: 'begin', coming: { index: contents.length, contentId: text('ContentId'), attachmentName: text('AttachmentName') }, where: scanner.where() });
    contents.push(node);
    inData = path.length;
    decoder = createBase64Decoder();
    return true;
  }

  function decode(bytes: Uint8Array): void {
    const decoded = decoder.push(bytes);
    if (decoded === null) throw new PackageFault('nội dung tệp đính kèm không phải Base64', scanner.where());
    if (decoded.length > 0) effects.push({ at: 'bytes', bytes: decoded });
  }

  async function perform(effect: Effect): Promise<void> {
    if (effect.at === 'begin') {
      const pipe = createPipe();
      const done: Promise<SinkEnd> = options.sink(effect.coming, pipe.content).then(
        () => ({}),
        (failure: unknown) => ({ failure }),
      );
      const opened: Open = { unpacker: createUnpacker(limits, effect.where, spent), pipe, where: effect.where, done, ended: undefined };
      open = opened;
      void done.then((ended) => {
        opened.ended = ended;
        pipe.close();
      });
      return;
    }
    if (open === undefined) throw new Error('content outside of an attachment');
    const { unpacker, pipe, done, where, ended: early } = open;
    // a sink without room is not given the rest
    if (early !== undefined) throwFailure(early);
    if (effect.at === 'bytes') {
      for (const piece of unpacker.push(effect.bytes)) await pass(piece, pipe);
      return;
    }
    const last = unpacker.end();
    let step = last.next();
    for (; step.done !== true; step = last.next()) await pass(step.value, pipe);
    if (step.value.sizeBytes === 0) throw new PackageFault('tệp đính kèm rỗng (0 byte)', where);
    unpacked.push(step.value);
    spent += step.value.sizeBytes;
    pipe.finish();
    open = undefined;
    throwFailure(await done);
  }
}

function throwFailure(ended: SinkEnd): void {
  if ('failure' in ended) throw ended.failure instanceof Error ? ended.failure : new Error('the sink failed', { cause: ended.failure });
}

/** In slices of one size, whatever the pieces: what is made of one is bounded, and a line that gives single bytes costs no more than another. */
async function* slicesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const slice = new Uint8Array(sliceBytes);
  let filled = 0;
  for await (const chunk of source)
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + sliceBytes - filled);
      slice.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === sliceBytes) {
        yield slice;
        filled = 0;
      }
    }
  if (filled > 0) yield slice.subarray(0, filled);
}

async function pass(piece: Uint8Array, pipe: Pipe): Promise<void> {
  for (let at = 0; at < piece.length; at += pieceBytes) await pipe.put(piece.subarray(at, at + pieceBytes));
}

function asciiOf(text: string): Uint8Array {
  // what is not ASCII is not Base64: zero says so to the decoder
  return Uint8Array.from(text, (each) => (each.length === 1 && each.charCodeAt(0) < 0x80 ? each.charCodeAt(0) : 0));
}
