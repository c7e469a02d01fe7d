import type { Command } from '../../src-shared/domain/document.ts';
import { isRecord, replayLog } from '../../src-shared/domain/log.ts';
import { findSecrecy } from '../../src-shared/domain/secrecy.ts';
import type { BookId, OrganizationCode, PersonId } from '../../src-shared/domain/ids.ts';
import type { OfficeState } from '../../src-shared/domain/records/office.ts';
import { recordId } from '../../src-shared/domain/records/record-id.ts';
import type { AppError } from '../../src-shared/result.ts';
import type { Session, Tx } from '../storage/port.ts';
import { auditEntry, type AuditAction } from './audit.ts';

/** State secrets never enter, by whatever desk they come (QĐ 28/2018 Art 1.2): the mark in what the command says of the document. Null: it bears none. */
export function findSecret(command: Command): AppError | null {
  const said = sayingOf(command);
  return said !== null && findSecrecy({ ...said, firstPageText: null }) !== null ? { code: 'workflow.secret' } : null;
}

function sayingOf(command: Command): { readonly title: string; readonly notation: string } | null {
  switch (command.type) {
    case 'draft':
    case 'receive':
      return { title: command.args.title, notation: command.args.notation };
    case 'edit':
      return { title: command.args.title ?? '', notation: command.args.notation ?? '' };
    case 'issue':
      return { title: '', notation: command.args.notation };
    case 'askChange':
      return { title: command.args.fields?.title ?? '', notation: '' };
    default:
      return null;
  }
}

/**
 * Year's end (NĐ 30/2020 Art 15.1, 22.2): a book is closed when every number in it is known. Lent to a station, it may have numbers that nobody but that station has seen;
 * given back or taken over, it has none. The book stays locked until the transaction ends, so that nobody writes into it meanwhile. Null: it may be closed.
 */
export async function refuseClosing(tx: Tx, command: Command): Promise<AppError | null> {
  if (command.type !== 'closeBook') return null;
  const { book, lastNumber } = command.args;
  const standing = await tx.books.own(book);
  const year = book.split('/')[1] ?? '';
  if (standing !== null && standing.station !== null) return { code: 'register.numbers-missing', params: { year, last: standing.last } };
  const last = standing?.last ?? 0;
  return last === lastNumber ? null : { code: 'register.last-number', params: { year, last, given: lastNumber } };
}

/** What the office has settled for itself; null: nothing yet. */
export async function readOffice(tx: Tx, unit: OrganizationCode): Promise<OfficeState | null> {
  const id = recordId(unit, 'office');
  const state = replayLog(id, await tx.documents.readEvents(unit, id));
  return state !== null && isRecord(state) && state.record === 'office' ? state : null;
}

/** '' where the directory knows no such person. */
export async function positionOf(tx: Tx, unit: OrganizationCode, who: PersonId): Promise<string> {
  return (await tx.accounts.people(unit)).find(({ id }) => id === who)?.position ?? '';
}

export function isClosedBook(office: OfficeState | null, book: BookId): boolean {
  return office?.closed.some((closed) => closed.book === book) ?? false;
}

type Noted = { readonly action: AuditAction; readonly subject: string; readonly detail: Readonly<Record<string, string | number | boolean>> };

/** Deeds that an inspector asks after: whose leave was given or ended, which book was closed, which number is void, what was asked back. Null: it is none of them. */
export async function auditOf(tx: Tx, command: Command, session: Session, atMs: number): Promise<ReturnType<typeof auditEntry> | null> {
  const noted = await notedOf(tx, command);
  return noted === null ? null : auditEntry({ atMs, unit: session.unit.code, user: session.user, ...noted });
}

/** Codes, ids and figures: reasons and names stay in the document. */
async function notedOf(tx: Tx, command: Command): Promise<Noted | null> {
  const { document, type } = command;
  switch (type) {
    case 'giveGrant': {
      const { id, from, to, capacity, lends, firstDay, lastDay } = command.args.grant;
      return { action: 'grant.given', subject: id, detail: { from, to, capacity, lends, firstDay, lastDay } };
    }
    case 'endGrant':
      return { action: 'grant.ended', subject: command.args.grant, detail: { lastDay: command.args.lastDay } };
    case 'closeBook':
      return { action: 'book.closed', subject: command.args.book, detail: { last: command.args.lastNumber } };
    case 'voidNumber': {
      const issued = (await tx.documents.readEvents(command.unit, document)).findLast((event) => event.type === 'issued');
      return { action: 'number.voided', subject: document, detail: issued === undefined ? {} : { ...issued.entry } };
    }
    case 'askChange':
      return command.args.change === 'recall' ? { action: 'document.recalled', subject: document, detail: { command: command.id } } : null;
    case 'answerChange':
      return { action: 'document.change-answered', subject: document, detail: { request: command.args.request, agree: command.args.agree } };
    default:
      return null;
  }
}
