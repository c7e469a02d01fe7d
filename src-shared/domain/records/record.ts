import { z } from 'zod';
import { eventMeta, commandMeta } from '../meta.ts';
import { catalogueCommandBody, catalogueEventBody, catalogueState } from './catalogue.ts';
import { dossierCommandBody, dossierEventBody, dossierState } from './dossier.ts';
import { officeCommandBody, officeEventBody, officeState } from './office.ts';

/** What an office keeps beside its documents. Each is a log of its own and travels as a document's does: outbox, feed, snapshot, package. */
export const recordCommandBody = z.discriminatedUnion('type', [officeCommandBody, catalogueCommandBody, dossierCommandBody]);
export type RecordCommandBody = z.infer<typeof recordCommandBody>;
export type RecordCommandType = RecordCommandBody['type'];
export const recordCommand = commandMeta.and(recordCommandBody);
export type RecordCommand = z.infer<typeof recordCommand>;

export const recordEventBody = z.discriminatedUnion('type', [officeEventBody, catalogueEventBody, dossierEventBody]);
export const recordEvent = eventMeta.and(recordEventBody);
export type RecordEvent = z.infer<typeof recordEvent>;

export const recordState = z.discriminatedUnion('record', [officeState, catalogueState, dossierState]);
export type RecordState = z.infer<typeof recordState>;
