import { challengeText } from '../../src-shared/protocol/wire.ts';
import { commandOf, commune, contentOf, draftBody, newDocument, outgoingBook, password, people } from '../server/office.ts';
import type { Office, Sent } from './office.ts';

/** A request that is in order, by the name of its route: what mutations begin with. `body` is JSON unless it is bytes. */
export type Sample = { readonly method: string; readonly url: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
/** `as`: who asks. */
export type SampleSet = { readonly as: Parameters<Office['token']>[0] | null; readonly samples: (office: Office) => readonly Sample[] };

const octets = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0', 'tus-resumable': '1.0.0' };
const json = { 'content-type': 'application/json' };

function commands(office: Office) {
  const content = { ...contentOf(Buffer.from('x')), sha256: office.ours.sha256 as never, sizeBytes: 1000 };
  const document = newDocument();
  const base = { workflow: 0, assignment: 0 };
  const entry = { book: outgoingBook(commune), epoch: 1, number: 1 };
  const make = (body: Parameters<typeof commandOf>[3]) => commandOf('communeClerk', document, base, body);
  return [
    make(draftBody(content, [people.departmentClerk.unit])),
    make({ type: 'submit', args: { content } }),
    make({ type: 'returnToDrafter', args: { reason: 'Sửa lại' } }),
    make({ type: 'issue', args: { content, entry, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'Lãnh đạo' } }),
    make({ type: 'send', args: { recipients: [people.departmentClerk.unit] } }),
    make({ type: 'register', args: { entry, arrivalDate: '2026-11-22' } }),
    make({ type: 'assign', args: { lead: 'xa.vanthu' as never, support: [], inform: [], directive: 'Xử lý', deadline: null } }),
    make({ type: 'refuse', args: { reason: 'Nhầm nơi nhận' } }),
  ];
}

/** By the route's name. A route without any is a failure of the test: whoever adds a call adds how it is spoilt. */
export const sampleSets: Readonly<Record<string, SampleSet>> = {
  healthz: { as: null, samples: () => [{ method: 'GET', url: '/healthz' }] },
  session: {
    as: null,
    samples: () => [
      { method: 'POST', url: '/v1/session', headers: json, body: { user: 'khong.co', password } },
      { method: 'POST', url: '/v1/session', headers: json, body: { challenge: 'A'.repeat(43), host: 'server', certificates: [Buffer.from(challengeText('server', 'x')).toString('base64')], signature: 'AAAA', user: null } },
    ],
  },
  'session-challenge': { as: null, samples: () => [{ method: 'POST', url: '/v1/session/challenge' }] },
  'session-password': { as: 'communeLeader', samples: () => [{ method: 'POST', url: '/v1/session/password', headers: json, body: { present: 'không phải', next: 'mật khẩu mới thật dài' } }] },
  // the session that asks would end with the first good one: nobody's is shown
  'session-end': { as: null, samples: () => [{ method: 'DELETE', url: '/v1/session', headers: { authorization: `Bearer ${'A'.repeat(43)}` } }] },
  sessions: { as: 'administrator', samples: () => [{ method: 'GET', url: '/v1/sessions' }] },
  'sessions-end': { as: 'administrator', samples: () => [{ method: 'DELETE', url: `/v1/sessions/${'0'.repeat(16)}` }] },
  audit: { as: 'administrator', samples: () => [{ method: 'GET', url: '/v1/audit?after=0&limit=10' }] },
  push: { as: 'communeClerk', samples: (office) => [{ method: 'POST', url: '/v1/push', headers: json, body: { commands: commands(office) } }, ...commands(office).map((command) => ({ method: 'POST', url: '/v1/push', headers: json, body: { commands: [command] } }))] },
  changes: { as: 'communeClerk', samples: ({ ours, theirs }) => [{ method: 'GET', url: '/v1/changes' }, { method: 'GET', url: `/v1/changes?cursor=${ours.cursor}&limit=10` }, { method: 'GET', url: `/v1/changes?cursor=${theirs.cursor}` }] },
  events: { as: 'communeClerk', samples: ({ ours, theirs }) => [{ method: 'GET', url: `/v1/events?cursor=${ours.cursor}` }, { method: 'GET', url: `/v1/events?cursor=${theirs.cursor}` }] },
  snapshot: { as: 'communeClerk', samples: () => [{ method: 'GET', url: '/v1/snapshot' }] },
  'snapshot-bytes': {
    as: 'communeClerk',
    samples: ({ ours, theirs }) => ['GET', 'HEAD'].flatMap((method) => [ours.snapshot, theirs.snapshot, { scope: ours.snapshot.scope, hash: theirs.snapshot.hash }].map(({ scope, hash }) => ({ method, url: `/v1/snapshot/${scope}/${hash}`, headers: { range: 'bytes=0-100' } }))),
  },
  lease: { as: 'communeClerk', samples: ({ theirs }) => [{ method: 'POST', url: '/v1/books/lease', headers: json, body: { book: outgoingBook(commune), station: 'station-communeClerk' } }, { method: 'POST', url: '/v1/books/lease', headers: json, body: { book: theirs.book, station: 'station-communeClerk' } }] },
  'book-return': { as: 'communeClerk', samples: ({ theirs }) => [{ method: 'POST', url: '/v1/books/return', headers: json, body: { book: outgoingBook(commune), station: 'station-other', epoch: 1 } }, { method: 'POST', url: '/v1/books/return', headers: json, body: { book: theirs.book, station: 'station-departmentClerk', epoch: theirs.epoch } }] },
  'book-numbers': { as: 'communeClerk', samples: ({ theirs }) => [outgoingBook(commune), theirs.book].flatMap((book) => [{ method: 'GET', url: `/v1/books/${book}/numbers` }, { method: 'GET', url: `/v1/books/${book}/numbers?after=1` }]) },
  figures: { as: 'communeClerk', samples: ({ theirs }) => [{ method: 'GET', url: '/v1/figures?from=2026-01&to=2026-11' }, { method: 'GET', url: `/v1/figures?unit=${theirs.book.split('/')[0]}` }] },
  'figures-page': { as: null, samples: () => [{ method: 'GET', url: '/figures?period=year&unit=H48.05&figure=sent', headers: { cookie: `van-thu-figures=${'A'.repeat(43)}` } }] },
  'figures-page-csv': { as: null, samples: () => [{ method: 'GET', url: '/figures/figures.csv?period=year', headers: { cookie: `van-thu-figures=${'A'.repeat(43)}` } }] },
  'figures-page-sign-in': { as: null, samples: () => [{ method: 'POST', url: '/figures/sign-in', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: Buffer.from('user=khong.co&password=sai') }] },
  'figures-page-sign-out': { as: null, samples: () => [{ method: 'POST', url: '/figures/sign-out', headers: { cookie: `van-thu-figures=${'A'.repeat(43)}` } }] },
  'figures-page-style': { as: null, samples: () => [{ method: 'GET', url: '/figures/style.css' }] },
  'figures-public': { as: null, samples: () => [{ method: 'GET', url: '/v1/figures/public' }] },
  directory: { as: 'communeClerk', samples: () => [{ method: 'GET', url: '/v1/directory?since=0&after=H48' }, { method: 'GET', url: '/v1/directory' }] },
  trust: { as: 'communeClerk', samples: () => [{ method: 'GET', url: '/v1/trust', headers: { 'if-none-match': '"x"' } }] },
  'update-release': { as: 'communeClerk', samples: () => [{ method: 'GET', url: '/v1/updates/release?station=station-communeClerk&installed=1.0.0&channel=latest&platform=win32-x64' }] },
  'update-yml': { as: 'communeClerk', samples: () => [{ method: 'GET', url: '/v1/updates/latest.yml?station=station-communeClerk&installed=1.0.0', headers: { 'if-none-match': '"x"' } }] },
  'update-file': { as: 'communeClerk', samples: () => ['GET', 'HEAD'].map((method) => ({ method, url: '/v1/updates/Van-Thu-1.0.0.exe', headers: { range: 'bytes=0-10', 'if-range': '"x"' } })) },
  'upload-options': { as: 'communeClerk', samples: () => [{ method: 'OPTIONS', url: '/v1/uploads' }] },
  'upload-open': {
    as: 'communeClerk',
    samples: ({ ours, theirs }) => [{ sha256: 'ab'.repeat(32), sizeBytes: 1000, base: null }, { sha256: 'cd'.repeat(32), sizeBytes: 100_000, base: ours.sha256 }, { sha256: 'ef'.repeat(32), sizeBytes: 100_000, base: theirs.sha256 }, { sha256: theirs.sha256, sizeBytes: theirs.contentBytes, base: null }].map((body) => ({ method: 'POST', url: '/v1/uploads', headers: json, body })),
  },
  'upload-head': { as: 'communeClerk', samples: ({ ours, theirs }) => [ours, theirs].map(({ upload }) => ({ method: 'HEAD', url: `/v1/uploads/${upload}`, headers: { 'tus-resumable': '1.0.0' } })) },
  'upload-patch': { as: 'communeClerk', samples: ({ ours, theirs }) => [ours, theirs].map(({ upload }) => ({ method: 'PATCH', url: `/v1/uploads/${upload}`, headers: octets, body: Buffer.from('some bytes of it') })) },
  blob: { as: 'communeClerk', samples: ({ ours, theirs }) => [ours, theirs].map(({ sha256 }) => ({ method: 'GET', url: `/v1/blobs/${sha256}`, headers: { range: 'bytes=10-99', 'if-none-match': '"x"', 'if-range': `"${sha256}"` } })) },
  'blob-head': { as: 'communeClerk', samples: ({ ours, theirs }) => [ours, theirs].map(({ sha256 }) => ({ method: 'HEAD', url: `/v1/blobs/${sha256}` })) },
  'package-key': { as: 'communeClerk', samples: () => [{ method: 'GET', url: '/v1/packages/key' }] },
  'package-station': { as: 'communeClerk', samples: () => [{ method: 'POST', url: '/v1/packages/station', headers: json, body: { station: 'station-communeClerk', publicKey: Buffer.alloc(32, 7).toString('base64url') } }] },
  'package-station-end': { as: 'communeClerk', samples: ({ theirs }) => [{ method: 'DELETE', url: `/v1/packages/station/${theirs.signer}` }] },
  packages: { as: 'communeClerk', samples: () => [{ method: 'POST', url: '/v1/packages', headers: { 'content-type': 'application/octet-stream' }, body: Buffer.concat([Buffer.from('VTGOI\r\n\x1a\x01', 'latin1'), Buffer.from([0, 0, 0, 2]), Buffer.from('{}'), Buffer.alloc(300)]) }] },
  'package-head': { as: 'communeClerk', samples: ({ theirs }) => [{ method: 'HEAD', url: `/v1/packages/${theirs.packageId}` }] },
  'package-patch': { as: 'communeClerk', samples: ({ theirs }) => [{ method: 'PATCH', url: `/v1/packages/${theirs.packageId}`, headers: octets, body: Buffer.from('VTGOI') }] },
  'package-take': { as: 'communeClerk', samples: ({ theirs }) => [{ method: 'POST', url: `/v1/packages/${theirs.packageId}` }] },
};

/** As it goes over the wire. */
export function sentOf(office: Office, as: SampleSet['as'], { method, url, headers = {}, body }: Sample): Sent {
  return {
    method, url,
    headers: { ...(as === null ? {} : { authorization: `Bearer ${office.token(as)}` }), ...headers },
    body: body === undefined ? undefined : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body)),
  };
}
