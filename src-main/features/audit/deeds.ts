import type { Channel, ParsedInput } from '../../../src-shared/contract/index.ts';
import type { AuditLine } from '../../../src-shared/protocol/audit-chain.ts';

export type Deed = { readonly subject: string; readonly detail?: AuditLine['detail'] };
type Deeds = { readonly [C in Channel]?: (input: ParsedInput<C>) => Deed };

/**
 * What a person does at this desk that is no command on a document (those are written down by the store, with the deed itself): what leaves the desk, what is set, whom it believes, what is settled.
 * Nothing of it holds a title, a text, a PIN or a password.
 */
export const auditedCalls = {
  'outbox.dismiss': ({ id }) => ({ subject: id }),
  'conflicts.keepMine': ({ id }) => ({ subject: id }),
  'conflicts.keepBoth': ({ id }) => ({ subject: id }),
  'conflicts.accept': ({ id }) => ({ subject: id }),
  'content.unlock': ({ id }) => ({ subject: id }),
  'signing.setImage': ({ of, bytes, widthMm }) => ({ subject: of, detail: bytes === null ? { removed: true } : { sizeBytes: bytes.byteLength, widthMm } }),
  'signing.setPolicy': ({ level, digest, tsaUrl }) => ({ subject: 'signing', detail: { level, digest, tsaUrl } }),
  'trust.add': ({ thumbprints }) => ({ subject: thumbprints.join(' ') }),
  'trust.remove': ({ thumbprint }) => ({ subject: thumbprint }),
  'trust.follow': ({ followServer }) => ({ subject: 'trust', detail: { followServer } }),
  'packages.begin': ({ whole }) => ({ subject: 'package', detail: { whole } }),
  'packages.finish': ({ carriage }) => ({ subject: carriage }),
  'registers.export': ({ book, register, format }) => ({ subject: book, detail: { register, format } }),
  'results.begin': ({ folder, format, ids }) => ({ subject: folder, detail: { format, chosen: ids !== null } }),
  'figures.export': ({ period, format }) => ({ subject: 'figures', detail: { format, from: period.from, to: period.to } }),
  'registers.close': ({ book }) => ({ subject: book }),
  'dossiers.beginExport': ({ id }) => ({ subject: id }),
  'dossiers.minutes': ({ ids }) => ({ subject: ids[0] ?? '', detail: { dossiers: ids.length } }),
  'audit.export': () => ({ subject: 'audit' }),
} as const satisfies Deeds;

export type AuditedChannel = keyof typeof auditedCalls;
