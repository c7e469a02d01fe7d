import { z } from 'zod';
import { channels, contentRef, documentEvent, documentKind, documentState, relation, urgency } from '../domain/document.ts';
import { commandId, documentId, grantId, instant, localDate, organizationCode, personId } from '../domain/ids.ts';
import { correspondent, organization } from '../domain/organization.ts';
import { verdict } from '../domain/verdict.ts';
import { call } from './define.ts';

export const folders = ['incoming', 'signing', 'issuing', 'outgoing', 'tasks'] as const;
/** Văn bản đến · Trình ký · Phát hành · Văn bản đi · Công việc (assigned to me). */
export const folder = z.enum(folders);
export type Folder = z.infer<typeof folder>;

/** Where what a person did stands: on the server, waiting here, being sent, sent but unanswered, or in need of a person. */
export const syncState = z.enum(['synced', 'waiting', 'sending', 'confirming', 'problem']);
export type SyncState = z.infer<typeof syncState>;

/** Chưa đọc · Giao cho tôi · Sắp hạn · Hỏa tốc · Chờ gửi; several at once narrow further. */
export const quickFilters = ['unread', 'mine', 'due-soon', 'express', 'waiting'] as const;
export const quickFilter = z.enum(quickFilters);
export type QuickFilter = z.infer<typeof quickFilter>;

/** Which documents a list is of. `query`: words without marks and operators (src-shared/domain/search-query.ts). */
export const listQuery = z.object({ folder, query: z.string().max(200), quick: z.array(quickFilter).max(quickFilters.length).default([]) });
export type ListQuery = z.input<typeof listQuery>;

/** Most documents that one choice may hold. */
export const maxChosen = 10_000;

export const documentRow = z.object({
  document: documentState,
  sync: syncState,
  contentHere: z.boolean(),
  verdict,
  /** This person has had the present content before them; a new content is unread again. */
  read: z.boolean(),
});
export type DocumentRow = z.infer<typeof documentRow>;

export const documentDetail = documentRow.extend({
  history: z.array(documentEvent),
  /** What this person may do now, from the shared rules and their role. */
  actions: z.array(z.enum([
    'register', 'present', 'assign', 'refuse', 'reply', 'revise', 'submit', 'approve', 'returnToDrafter', 'issue', 'send',
    'edit', 'comment', 'voidNumber', 'askChange', 'answerChange', 'sendBack', 'replace', 'correct', 'file',
    'acceptTask', 'returnTask', 'reportProgress', 'requestExtension', 'answerExtension', 'finishTask', 'reopen', 'evaluate', 'passOn', 'remind',
  ])),
  /** What was just done here and may still be taken back, newest last; each is sent after `until`, or later without a line. */
  undo: z.array(z.object({ command: commandId, type: z.string(), until: instant })),
});
export type DocumentDetail = z.infer<typeof documentDetail>;

const one = z.object({ id: documentId });

export const documentCalls = {
  /** Newest first: what came by its arrival, what goes by its last event. `query` is matched without marks against title, notation, number, offices and what the content says. */
  'documents.list': call(
    listQuery.extend({ offset: z.int().nonnegative(), limit: z.int().positive().max(200) }),
    z.object({ total: z.int(), rows: z.array(documentRow) }),
  ),
  /** Where words of the query stand in the content of these documents; those that are found without it, or whose content says nothing, are left out. `marks`: first and past the last place of each word in `text`. */
  'documents.snippets': call(
    z.object({ ids: z.array(documentId).max(200), query: z.string().max(200) }),
    z.array(z.object({ id: documentId, text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) })),
  ),
  /** The first `maxChosen` ids in the list's order, for "chọn tất cả". */
  'documents.ids': call(listQuery, z.object({ total: z.int(), ids: z.array(documentId) })),
  /** Where the document stands in the list, from 0; null when it is not in it. Keeps the place over a sync. */
  'documents.position': call(listQuery.extend({ id: documentId }), z.object({ index: z.int().nullable() })),
  /** Marks the present content of these documents as read by this person, or unread. Stays on this machine. */
  'documents.markRead': call(z.object({ ids: z.array(documentId).min(1).max(1000), read: z.boolean() }), z.object({})),
  /**
   * Takes back what was done here and has not left: the newest commands of the document, all named in `commands`. Null when nothing is left of it.
   * Error `undo.too-late` when one of them has been sent; nothing is taken back then.
   */
  'documents.undo': call(one.extend({ commands: z.array(commandId).min(1).max(20) }), z.object({ detail: documentDetail.nullable() })),
  'documents.read': call(one, documentDetail),
  /** Counts of what waits for this person in each folder, for the rail. */
  'documents.counts': call(z.object({}), z.record(folder, z.int())),
  /**
   * Vào sổ: takes the next number of the incoming register. `reason`: why, where the signatures are not in order. Error: `verification.reason-needed`, and
   * no number is used.
   */
  'documents.register': call(one.extend({ reason: z.string().trim().max(1000).nullable().default(null) }), documentDetail),
  'documents.present': call(one.extend({ note: z.string().max(1000) }), documentDetail),
  'documents.refuse': call(one.extend({ reason: z.string().max(1000) }), documentDetail),
  'documents.assign': call(
    one.extend({
      lead: personId, support: z.array(personId), inform: z.array(personId), directive: z.string().max(1000), deadline: localDate.nullable(),
      each: z.array(z.object({ person: personId, deadline: localDate })).max(200).optional(), byGrant: grantId.optional(),
      /** `ask`: a deadline on a day when the office is closed is refused with the day to propose (`deadline.closed-day`); `keep`: it stands. */
      closedDay: z.enum(['ask', 'keep']).default('keep'),
    }),
    documentDetail,
  ),
  'documents.draft': call(
    z.object({
      title: z.string().max(500), kind: documentKind, notation: z.string().max(30), urgency, content: contentRef,
      recipients: z.array(organization).max(1000), inReplyTo: documentId.nullable(), attachments: z.array(contentRef).max(100).optional(), relation: relation.optional(),
    }),
    documentDetail,
  ),
  /** Puts another file in the place of a draft or a returned document; the earlier one stays in the history. */
  'documents.revise': call(one.extend({ content: contentRef }), documentDetail),
  /** Prepares the fields for number, date, signature and seal (signing.md §3), then hands the draft to the leader. */
  'documents.submit': call(one, documentDetail),
  'documents.returnToDrafter': call(one.extend({ reason: z.string().max(1000) }), documentDetail),
  /** A paper document, or one that came by other ways: its scan or file, described by the clerk. It is registered next, like any other. */
  'documents.receive': call(
    z.object({
      title: z.string().max(500), kind: documentKind, numberText: z.string().max(11), notation: z.string().max(30), issuedDate: localDate.nullable(), from: correspondent, urgency,
      content: contentRef, attachments: z.array(contentRef).max(100).optional(), signer: z.string().max(200), channel: z.enum(channels), inReplyTo: documentId.nullable(),
    }),
    documentDetail,
  ),
  'documents.edit': call(
    one.extend({
      title: z.string().max(500).optional(), kind: documentKind.optional(), numberText: z.string().max(11).optional(), notation: z.string().max(30).optional(), issuedDate: localDate.nullable().optional(),
      from: correspondent.optional(), signer: z.string().max(200).optional(), urgency: urgency.optional(), recipients: z.array(organization).max(1000).optional(), attachments: z.array(contentRef).max(100).optional(),
    }),
    documentDetail,
  ),
  'documents.comment': call(one.extend({ text: z.string().max(4000), aspect: z.enum(['opinion', 'content', 'format']) }), documentDetail),
  'documents.voidNumber': call(one.extend({ reason: z.string().max(1000) }), documentDetail),
  /** Thu hồi, or cập nhật towards those who have it. `recipients` left out: all. */
  'documents.askChange': call(
    one.extend({ change: z.enum(['recall', 'update']), reason: z.string().max(1000), recipients: z.array(organizationCode).max(1000).optional(), fields: z.object({ title: z.string().max(500).optional(), urgency: urgency.optional() }).optional() }),
    documentDetail,
  ),
  'documents.answerChange': call(one.extend({ request: commandId, agree: z.boolean(), reason: z.string().max(1000) }), documentDetail),
  'documents.sendBack': call(one.extend({ reason: z.string().max(1000) }), documentDetail),
  /** Documents that may be this one again: of the same origin, or of the same number, notation and issuer (NĐ 30/2020 App VI.III.1). */
  'documents.duplicates': call(
    z.union([one, z.object({ numberText: z.string().max(11), notation: z.string().max(30), from: correspondent })]),
    z.object({ rows: z.array(documentState) }),
  ),
  /** The number's next value and what it will read as, before it is used up. */
  /** The notation that a document of this type would bear by what this office has issued; null: that does not say. */
  'documents.notation': call(z.object({ kind: documentKind }), z.object({ notation: z.string().nullable() })),
  'documents.nextNumber': call(one, z.object({ number: z.int(), reference: z.string(), book: z.string() })),
  /** Which earlier contents a draft had, newest first, for looking at and comparing. */
  'documents.drafts': call(one, z.object({ versions: z.array(z.object({ content: contentRef, at: instant, by: z.string().nullable(), what: z.string() })) })),
  'documents.send': call(one.extend({ recipients: z.array(organization).max(1000) }), documentDetail),
} as const;

export const documentEvents = {
  /** New incoming documents that the line just brought. */
  'documents.arrived': z.object({ ids: z.array(documentId) }),
  /** Something in these documents changed: re-read them and the counts. */
  'documents.changed': z.object({ ids: z.array(documentId), at: instant }),
} as const;
