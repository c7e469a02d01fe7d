import type { Channel, EventName, EventPayload } from '../../src-shared/contract/index.ts';

/** A query as the store keeps it: the channel and the input it was asked with. */
export type QueryName = { readonly channel: Channel; readonly input: unknown };

const listsOfDocuments: ReadonlySet<Channel> = new Set(['documents.list', 'documents.counts', 'documents.duplicates', 'documents.notation', 'outbox.list', 'conflicts.list', 'grants.list', 'signing.capacities', 'office.settings', 'packages.waiting', 'tasks.board', 'tasks.alarms', 'directory.people', 'dossiers.list', 'dossiers.atHand', 'dossiers.read', 'dossiers.of', 'catalogues.list', 'registers.books', 'registers.page', 'figures.targets']);
const oneDocument: ReadonlySet<Channel> = new Set(['documents.read', 'verification.report', 'signing.propose', 'signing.inspect', 'issuing.propose', 'tasks.deadlines']);
// The line brings the directory, content and the book; who waits in the outbox changes with it.
const changedByTheLine: ReadonlySet<Channel> = new Set([
  'sync.status', 'app.state', 'outbox.list', 'documents.list', 'documents.counts', 'content.info', 'issuing.propose', 'directory.people', 'directory.organizations', 'conflicts.list', 'line.usage', 'line.policy', 'packages.waiting',
]);

/** Whether what the screen holds for `query` is stale after `event`. `desk.switched` makes everything stale. */
export function isStaleAfter(event: EventName, payload: EventPayload<EventName>, query: QueryName): boolean {
  switch (event) {
    case 'documents.changed': {
      const ids = 'ids' in payload ? payload.ids : [];
      if (listsOfDocuments.has(query.channel) || query.channel === 'content.info') return true;
      return oneDocument.has(query.channel) && ids.some((id) => id === idOf(query.input));
    }
    case 'sync.status':
      return changedByTheLine.has(query.channel);
    // Each document of a batch tells of its own change as well.
    case 'batch.changed':
      return query.channel === 'batch.read';
    case 'augmentation.changed':
      return query.channel === 'augmentation.list';
    // Reports are examined anew under another list; each tells of itself.
    case 'trust.changed':
      return query.channel === 'trust.read';
    case 'opened.changed':
      return query.channel === 'opened.list';
    case 'updates.changed':
      return query.channel === 'updates.read';
    // a change of the documents is counted a moment later, and told then
    case 'figures.counted':
      return query.channel === 'figures.report' || query.channel === 'figures.months' || query.channel === 'figures.drill';
    case 'backup.changed':
      return query.channel === 'backup.read';
    case 'conflicts.changed':
      return query.channel === 'conflicts.list' || query.channel === 'outbox.list' || query.channel === 'sync.status';
    // Time alone has passed: what is due stands otherwise, nothing else does
    case 'tasks.alarm':
      return query.channel === 'tasks.alarms' || query.channel === 'tasks.board' || query.channel === 'tasks.deadlines';
    // The days are going by: at their end everything stands otherwise
    case 'practice.clock':
      return query.channel === 'app.state' || ('moving' in payload && payload.moving === null);
    // What came is told by `documents.changed` too; settings and the session have holders of their own.
    case 'documents.arrived':
    case 'settings.changed':
    case 'session.changed':
      return false;
    default:
      return true;
  }
}

function idOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'id' in input ? input.id : undefined;
}
