import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { Command, CommandBody, ContentRef, Versions } from '../../src-shared/domain/document.ts';
import { bookId, commandId, documentId, organizationCode, personId, sha256, type DocumentId } from '../../src-shared/domain/ids.ts';
import type { Organization, Person, Role } from '../../src-shared/domain/organization.ts';
import { changesResponse, pushResponse, sessionResponse, uploadResponse, type Change, type CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { createServer, type Server, type ServerOptions } from '../../src-server/server.ts';

export const province: Organization = { code: organizationCode.parse('H48'), name: 'UBND tỉnh Hà Sơn' };
export const commune: Organization = { code: organizationCode.parse('H48.60.12'), name: 'UBND xã Phú Lâm' };
export const department: Organization = { code: organizationCode.parse('H48.05'), name: 'Sở Nội vụ' };
export const password = 'mật khẩu dài';

export const people = {
  provinceClerk: { user: 'tinh.vanthu', unit: province, role: 'clerk' },
  provinceLeader: { user: 'tinh.lanhdao', unit: province, role: 'leader' },
  communeClerk: { user: 'xa.vanthu', unit: commune, role: 'clerk' },
  communeLeader: { user: 'xa.lanhdao', unit: commune, role: 'leader' },
  departmentClerk: { user: 'so.vanthu', unit: department, role: 'clerk' },
} as const satisfies Record<string, { user: string; unit: Organization; role: Role }>;
export type Who = keyof typeof people;
/** Those whom `seed` leaves out: they come where a test wants them. */
const more = { communeOfficer: { user: 'xa.chuyenvien', unit: commune, role: 'officer' } } as const satisfies Record<string, { user: string; unit: Organization; role: Role }>;
const everybody = { ...people, ...more };
export type Anyone = keyof typeof everybody;

export function personOf(who: Anyone): Person {
  const { user, unit, role } = everybody[who];
  return { id: personId.parse(user), fullName: `Người ${user}`, position: 'Công chức', unit: unit.code, roles: [role] };
}

export function tempDir(t: TestContext): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'van-thu-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A real server on loopback with three offices; closed when the test ends. */
export async function openOffice(t: TestContext, options: Partial<ServerOptions> = {}): Promise<Server> {
  const server = await createServer({ dir: options.dir ?? tempDir(t), ...options });
  t.after(() => server.close());
  await seed(server);
  return server;
}

export async function addPerson(server: Server, who: Anyone): Promise<void> {
  const { user, unit, role } = everybody[who];
  await server.admin.addPerson({ person: personOf(who), user, password, unit: unit.code, role });
}

export async function seed(server: Server): Promise<void> {
  for (const office of [province, commune, department]) await server.admin.addOrganization(office);
  for (const who of Object.keys(people)) await addPerson(server, who as Who);
}

export function contentOf(bytes: Uint8Array, parent: ContentRef | null = null): ContentRef {
  return { sha256: sha256.parse(createHash('sha256').update(bytes).digest('hex')), sizeBytes: bytes.length, fileName: 'van-ban.pdf', parent: parent?.sha256 ?? null };
}

export const outgoingBook = (unit: Organization) => bookId.parse(`${unit.code}/2026/cong-van-di`);
export const incomingBook = (unit: Organization) => bookId.parse(`${unit.code}/2026/cong-van-den`);

/** A command as this person's desk would make it. */
export function commandOf(who: Anyone, document: DocumentId, base: Versions, body: CommandBody, rest: Partial<Pick<Command, 'id' | 'dependsOn' | 'at' | 'byGrant'>> = {}): Command {
  const person = personOf(who);
  const { unit, role } = everybody[who];
  return {
    id: commandId.parse(randomUUID()), document, unit: unit.code, actor: { person: person.id, fullName: person.fullName, role, unit: unit.code },
    at: '2026-11-22T08:00:00+07:00', base, dependsOn: null, ...rest, ...body,
  } as Command;
}

export type Client = Awaited<ReturnType<typeof connect<Who>>>;

export function signIn(url: string, who: Who): Promise<Client> {
  return connect<Who>(url, who);
}

/** A plain caller of the wire, answers checked by its schemas. */
export async function connect<W extends Anyone>(url: string, who: W) {
  const session = sessionResponse.parse(await (await post(`${url}/v1/session`, { user: everybody[who].user, password })).json());
  const auth = { authorization: `Bearer ${session.token}` };

  async function upload(bytes: Uint8Array, base: ContentRef | null = null): Promise<ContentRef> {
    const ref = contentOf(bytes, base);
    const opened = uploadResponse.parse(await (await post(`${url}/v1/uploads`, { sha256: ref.sha256, sizeBytes: bytes.length, base: base?.sha256 ?? null }, auth)).json());
    if (opened.state === 'present') return ref;
    const owed = bytes.subarray(bytes.length - opened.lengthBytes);
    const response = await patch(opened.upload, opened.offset, owed.subarray(opened.offset));
    if (response.status !== 204) throw new Error(`upload answered ${response.status}`);
    return ref;
  }

  function patch(id: string, offset: number, bytes: Uint8Array): Promise<Response> {
    return fetch(`${url}/v1/uploads/${id}`, {
      method: 'PATCH', headers: { ...auth, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body: bytes as Uint8Array<ArrayBuffer>,
    });
  }

  async function push(...commands: Command[]): Promise<CommandAnswer[]> {
    const response = await post(`${url}/v1/push`, { commands }, auth);
    if (response.status !== 200) throw new Error(`push answered ${response.status}: ${await response.text()}`);
    return pushResponse.parse(await response.json()).answers;
  }

  /** A page of the feed: what it tells of documents, and which are gone. */
  async function changes(cursor: string | null = null) {
    const response = await fetch(`${url}/v1/changes${cursor === null ? '' : `?cursor=${cursor}`}`, { headers: auth });
    const page = changesResponse.parse(await response.json());
    return { ...page, changes: page.changes.filter(isTold), gone: page.changes.filter((change) => !isTold(change)) };
  }

  return {
    who, session, auth, upload, patch, push, changes,
    get: (route: string, headers: Record<string, string> = {}, init: RequestInit = {}) => fetch(`${url}${route}`, { ...init, headers: { ...auth, ...headers } }),
    post: (route: string, body: unknown) => post(`${url}${route}`, body, auth),
  };
}

export type Told = Extract<Change, { readonly from: number }>;
export function isTold(change: Change): change is Told {
  return 'events' in change;
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

export const newDocument = (): DocumentId => documentId.parse(randomUUID());

export function draftBody(content: ContentRef, recipients: readonly Organization[] = []): CommandBody & { type: 'draft' } {
  return { type: 'draft', args: { title: 'Về việc thử nghiệm', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [...recipients], inReplyTo: null } };
}

/** Draft, submit, approve, issue: the document stands issued under `number`. Its versions are then {workflow: 4, assignment: 0}. */
export async function issueDocument(clerk: Client, leader: Client, bytes: Uint8Array, number: number): Promise<{ document: DocumentId; content: ContentRef }> {
  const document = newDocument();
  const content = await clerk.upload(bytes);
  const unit = everybody[clerk.who].unit;
  const lease = await (await clerk.post('/v1/books/lease', { book: outgoingBook(unit), station: `station-${unit.code}` })).json() as { epoch: number };
  const draft = commandOf(clerk.who, document, { workflow: 0, assignment: 0 }, draftBody(content));
  const submit = commandOf(clerk.who, document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }, { dependsOn: draft.id });
  const approve = commandOf(leader.who, document, { workflow: 2, assignment: 0 }, { type: 'approve', args: { content, signer: 'Lãnh đạo' } });
  const issue = commandOf(clerk.who, document, { workflow: 3, assignment: 0 }, {
    type: 'issue', args: { content, entry: { book: outgoingBook(unit), epoch: lease.epoch, number }, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'Lãnh đạo' },
  });
  for (const [client, command] of [[clerk, draft], [clerk, submit], [leader, approve], [clerk, issue]] as const) {
    const [answer] = await client.push(command);
    if (answer?.status !== 'applied') throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
  }
  return { document, content };
}
