/**
 * The registers of NĐ 30/2020 App IV and the indexes of its App V as tables to be shown, printed and exported: plain entries in, final Vietnamese words out.
 *
 * Two of App IV are not here: Sổ gửi văn bản đi bưu điện (6 columns) and Sổ sử dụng bản lưu (9 columns). Of both only the number of columns is confirmed; their
 * titles will be added with the text at hand.
 */
export { linesOf, wholeRegister, type BookLine, type BookLines, type RegisterHead, type RegisterPart, type VoidNumber } from './registers/book.ts';
export { incomingColumns, incomingRegister, incomingTable, type IncomingEntry } from './registers/incoming.ts';
export { outgoingColumns, outgoingRegister, outgoingTable, type OutgoingEntry } from './registers/outgoing.ts';
export { trackingColumns, trackingRegister, trackingTable, type TrackingEntry } from './registers/tracking.ts';
export { dossierColumns, dossierDocumentColumns, dossierDocumentIndex, dossierIndex, type DossierDocumentEntry, type DossierEntry } from './registers/dossier-indexes.ts';
