import type { Channel, EventName } from './index.ts';

/**
 * The door's words as plain text, for the preload: it is one small sandboxed file and must not carry the schemas. A name that is missing or
 * too many does not compile; `test/shell` compares the lists at run time too.
 */
export const channelNames = [
  'session.state', 'session.signIn', 'session.certificates', 'session.signInWithToken', 'session.choose', 'session.changePassword', 'session.cancel', 'session.reopen', 'session.signOut', 'session.lock', 'session.active', 'session.unlock', 'session.unlockWithToken', 'session.practice', 'settings.read', 'settings.write',
  'app.state', 'practice.switchDesk', 'practice.setLine', 'practice.goTo', 'practice.stop', 'sync.status', 'sync.now', 'outbox.list', 'outbox.dismiss', 'directory.organizations', 'directory.people', 'directory.phrases',
  'documents.list', 'documents.snippets', 'documents.ids', 'documents.position', 'documents.markRead', 'documents.undo',
  'documents.read', 'documents.counts', 'documents.register', 'documents.present', 'documents.refuse', 'documents.assign', 'documents.draft', 'documents.revise',
  'documents.submit', 'documents.returnToDrafter', 'documents.send',
  'documents.receive', 'documents.edit', 'documents.comment', 'documents.voidNumber', 'documents.askChange', 'documents.answerChange', 'documents.sendBack',
  'documents.duplicates', 'documents.nextNumber', 'documents.notation', 'documents.drafts',
  'tasks.accept', 'tasks.return', 'tasks.report', 'tasks.requestExtension', 'tasks.answerExtension', 'tasks.finish', 'tasks.reopen',
  'tasks.evaluate', 'tasks.passOn', 'tasks.remind', 'tasks.assignMany', 'tasks.board', 'tasks.deadlines', 'tasks.alarms',
  'registers.books', 'registers.page', 'registers.export', 'registers.refresh', 'registers.close', 'office.settings', 'office.setBooks', 'office.setDay',
  'dossiers.list', 'dossiers.atHand', 'dossiers.read', 'dossiers.of', 'dossiers.open', 'dossiers.edit', 'dossiers.file', 'dossiers.unfile',
  'dossiers.close', 'dossiers.reopen', 'dossiers.keep', 'dossiers.handOver', 'dossiers.index', 'dossiers.beginExport', 'dossiers.readExport',
  'dossiers.endExport', 'dossiers.minutes', 'catalogues.list', 'catalogues.set', 'catalogues.approve', 'grants.list', 'grants.give',
  'grants.end',
  'figures.report', 'figures.months', 'figures.drill', 'figures.targets', 'figures.setTargets', 'figures.export',
  'searches.list', 'searches.save', 'searches.rename', 'searches.move', 'searches.remove', 'searches.count',
  'results.begin', 'results.step', 'results.finish', 'results.drop',
  'forms.read', 'forms.keep', 'forms.drop',
  'opened.list', 'opened.read', 'opened.drop',
  'content.info', 'content.read', 'content.unlock', 'content.beginImport', 'content.appendImport', 'content.finishImport',
  'tokens.list', 'tokens.try', 'templates.list', 'templates.save', 'templates.remove', 'signing.images', 'signing.setImage', 'signing.propose', 'signing.preview', 'signing.approve', 'signing.capacities',
  'signing.inspect', 'signing.policy', 'signing.setPolicy', 'signing.adviseImage', 'signing.cleanImage', 'signing.mark', 'signing.previewMark', 'certificates.check',
  'batch.read', 'batch.start', 'batch.answer', 'batch.pause', 'batch.resume', 'batch.end', 'augmentation.list', 'augmentation.retry',
  'issuing.propose', 'issuing.preview', 'issuing.issue',
  'verification.report', 'verification.check', 'verification.printable',
  'trust.read', 'trust.examine', 'trust.add', 'trust.remove', 'trust.follow', 'trust.update',
  'conflicts.list', 'conflicts.keepMine', 'conflicts.keepBoth', 'conflicts.accept', 'line.policy', 'line.setPolicy', 'line.usage', 'line.fetch', 'updates.read', 'updates.check', 'updates.fetch', 'updates.atClose', 'updates.load',
  'backup.read', 'backup.places', 'backup.setFolder', 'backup.start', 'backup.stop', 'backup.check', 'backup.newSheet',
  'packages.waiting', 'packages.begin', 'packages.next', 'packages.open', 'packages.send', 'packages.finish', 'audit.page', 'audit.check', 'audit.export', 'diagnostics.look',
] as const satisfies readonly Channel[];

export const bridgeEventNames = ['session.changed', 'settings.changed', 'opened.changed', 'sync.status', 'desk.switched', 'practice.clock', 'documents.arrived', 'documents.changed', 'batch.changed', 'augmentation.changed', 'trust.changed', 'conflicts.changed', 'tasks.alarm', 'figures.counted', 'updates.changed', 'backup.changed'] as const satisfies readonly EventName[];

/** What the list lacks; both are `never`. */
export type MissingChannel = Exclude<Channel, (typeof channelNames)[number]>;
export type MissingEvent = Exclude<EventName, (typeof bridgeEventNames)[number]>;
const nothingMissing: readonly [MissingChannel, MissingEvent] extends readonly [never, never] ? true : false = true;
void nothingMissing;

/** Between the preload and the shell. */
export const ipcCall = 'van-thu:call';
export const ipcEvent = 'van-thu:event';
/** `true` while a secret is being typed: other programs' pictures of the screen leave the window out. */
export const ipcShield = 'van-thu:shield';
