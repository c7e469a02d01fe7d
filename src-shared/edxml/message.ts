import { edxmlNamespace } from './codes.ts';
import { attachmentHead, documentHeader, manifest, statusHeader, traceHeaderList, type AttachmentHead, type DocumentPackage, type EdxmlMessage, type Reference } from './model.ts';
import { PackageFault } from './refusal.ts';
import { childrenOf, type XmlNode } from './tree.ts';
import type { Unpacked } from './unpack.ts';
import { readElement } from './walk.ts';

type Received = AttachmentHead & Unpacked & { readonly index: number };

/** The message of a whole document. `contents` and `unpacked`: the content elements in order, and what each unpacked to. Throws `PackageFault`. */
export function readMessage(root: XmlNode, contents: readonly XmlNode[], unpacked: readonly Unpacked[]): { readonly message: EdxmlMessage; readonly attachments: readonly Received[]; readonly ignored: readonly string[] } {
  if (root.local !== 'edXML' || root.uri !== edxmlNamespace) throw new PackageFault('phần tử gốc không phải edXML của QCVN 102:2016/BTTTT', root.path);
  const ignored: string[] = [];
  const envelope = one(root, 'edXMLEnvelope');
  const header = one(envelope, 'edXMLHeader');
  const messageHeader = one(header, 'MessageHeader');
  const attachments = childrenOf(root, 'AttachmentEncoded').length === 0 ? [] : readAttachments(one(root, 'AttachmentEncoded'), contents, unpacked, ignored);

  if (childrenOf(messageHeader, 'StatusCode').length > 0) {
    if (attachments.length > 0) throw new PackageFault('gói tin trạng thái không được kèm tệp', root.path);
    return { message: { kind: 'status', header: readElement(messageHeader, statusHeader, ignored) }, attachments, ignored };
  }
  const message: DocumentPackage = {
    kind: 'document',
    header: readElement(messageHeader, documentHeader, ignored),
    trace: readElement(one(header, 'TraceHeaderList'), traceHeaderList, ignored),
    references: readReferences(envelope, ignored),
  };
  const fault = findFault(message, attachments);
  if (fault !== undefined) throw fault;
  return { message, attachments, ignored };
}

function readReferences(envelope: XmlNode, ignored: string[]): readonly Reference[] {
  if (childrenOf(envelope, 'edXMLBody').length === 0) return [];
  const body = one(envelope, 'edXMLBody');
  if (childrenOf(body, 'edXMLManifest').length === 0) return [];
  return readElement(one(body, 'edXMLManifest'), manifest, ignored).reference;
}

function readAttachments(block: XmlNode, contents: readonly XmlNode[], unpacked: readonly Unpacked[], ignored: string[]): readonly Received[] {
  return childrenOf(block, 'Attachment').map((node) => {
    const content = one(node, 'ContentTransferEncoded');
    const index = contents.indexOf(content);
    const found = unpacked[index];
    if (found === undefined) throw new PackageFault('thiếu nội dung tệp đính kèm', node.path);
    const unknown: string[] = [];
    const head = readElement(node, attachmentHead, unknown);
    ignored.push(...unknown.filter((path) => path !== content.path));
    return { ...head, ...found, index };
  });
}

/** What no single element shows: whether the parts belong together (QĐ 28/2018/QĐ-TTg Art 9.1: complete). */
export function findFault({ header, trace: { bussiness }, references }: DocumentPackage, attachments: readonly AttachmentHead[]): PackageFault | undefined {
  const type = bussiness.bussinessDocType;
  const where = 'edXML/edXMLEnvelope/edXMLHeader';
  if (type === '2' && bussiness.documentId === undefined) return new PackageFault('thiếu DocumentId của văn bản được cập nhật', `${where}/TraceHeaderList/Bussiness`);
  if (type === '3' && bussiness.replacementInfoList === undefined) return new PackageFault('thiếu danh sách văn bản bị thay thế', `${where}/TraceHeaderList/Bussiness`);
  // domain §2.5: at least one file; a recall or an update may be about a document that the receiver has
  if ((type === '0' || type === '3') && attachments.length === 0) return new PackageFault('không có tệp đính kèm nào', 'edXML/AttachmentEncoded');
  const codes = header.to.map(({ organId }) => organId);
  if (new Set(codes).size !== codes.length) return new PackageFault('một nơi nhận được ghi hai lần', `${where}/MessageHeader/To`);
  const listed = references.map(({ contentId }) => bare(contentId));
  const sent = attachments.map(({ contentId }) => bare(contentId));
  if (new Set(listed).size !== listed.length || new Set(sent).size !== sent.length) return new PackageFault('hai tệp đính kèm trùng ContentId', 'edXML/AttachmentEncoded');
  if (listed.length !== sent.length || sent.some((id) => !listed.includes(id))) return new PackageFault('danh mục tệp (edXMLManifest) không khớp với các tệp đính kèm', 'edXML/edXMLEnvelope/edXMLBody/edXMLManifest');
  return undefined;
}

function bare(contentId: string): string {
  return contentId.replace(/^cid:/, '');
}

function one(node: XmlNode, local: string): XmlNode {
  const found = childrenOf(node, local);
  if (found.length > 1) throw new PackageFault(`có hai phần tử ${local}`, `${node.path}/${local}`);
  if (found[0] === undefined) throw new PackageFault(`thiếu ${local}`, `${node.path}/${local}`);
  return found[0];
}
