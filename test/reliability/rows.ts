import { ownRows } from './own-rows.ts';
import { triedIn, type Area } from './row.ts';

const unsent = 'nothing; it waits in the outbox';

/** Every row of docs/reliability.md. */
export const areas: readonly Area[] = [
  { name: 'Files of the profile', rows: [
    ...ownRows,
    ...triedIn('test/store/damaged.test.ts', [['pages are torn while the desk is open', 'store.damaged', 'a page that is torn while the desk is open is said when it is read, and is no bug', 'what lies in the torn pages, for the backup to bring back']]),
    ...triedIn('test/office/session.test.ts', [
      ['office.json is cut short', 'store.damaged', 'a profile whose owner is not to be read any more is nobody’s, and its desk is left alone'],
      ['the key of a profile was lost and another one made', 'store.cannot-open', 'a profile that cannot be opened is not given to whoever comes next'],
    ]),
    ...triedIn('test/office/shut-desk.test.ts', [
      ['the program starts on a torn desk.db, without a line', 'store.damaged', 'a desk whose file is torn says so at the start, without a line and before anybody signs in, and opens when the file is put right'],
      ['the profile’s folder is gone at the start', 'store.missing', 'a desk whose files are gone is not made anew unasked, opens when they are back, and by signing in is filled from the province', 'nothing while it may come back; without it and without a backup, what was never sent'],
    ]),
    ...triedIn('test/shell/vault.test.ts', [
      ['the system does not unseal the key', 'store.cannot-open', 'a key that cannot be unsealed is refused and never replaced'],
      ['the file of the key is damaged', 'store.cannot-open', 'a broken vault is refused and left as it is'],
    ]),
    ...triedIn('test/store/migrate.test.ts', [['a step to a newer schema fails in its middle', null, 'when a step fails, none of the new ones is applied']]),
    ...triedIn('test/kill/upgrade.test.ts', [['a profile of the version before, its outbox full', null, 'a profile of the version before, its outbox full, is taken over and sends everything once']]),
    ...triedIn('test/store/integrity.test.ts', [['a byte in any page of either file, for the check that reads all', 'store.damaged', 'a byte flipped in any page of either file is found, and the files stay as they were']]),
  ] },
  { name: 'Disk and power', rows: [
    ...triedIn('test/store/full-disk.test.ts', [
      ['the disk is full in the midst of an action', 'store.full', 'when there is no room, an action is refused whole, and done whole when there is room again', 'nothing; that action was not done'],
      ['the disk is full while content is kept', 'store.full', 'when there is no room for content, nothing of it stays', 'nothing; that file was not taken'],
    ]),
    ...triedIn('test/kill/full-disk.test.ts', [
      ['the disk has room for a page, for one transaction and not the next, while syncing', 'store.full', 'a desk whose disk is full at any point says so, keeps nothing half, and goes on when there is room', 'nothing; what was refused was not done'],
      ['another program holds desk.db for itself', 'store.unwritable', 'a file that another program holds is said to be held, and nothing of the action stays', 'nothing; that action was not done'],
      ['the disk lets nothing be written', 'store.cannot-open', 'a disk that lets nothing be written is said to be so, and the desk goes on when it does'],
      ['the server’s disk is full', null, 'a server whose disk is full says that it cannot now, keeps nothing half, and goes on when there is room', unsent],
    ]),
    ...triedIn('test/kill/client.test.ts', [['the desk is killed at each of its writes', null, 'a desk that is killed at every one of its writes, one after the other, loses nothing and does nothing twice']]),
    ...triedIn('test/kill/server.test.ts', [['the server is killed at each of its writes', null, 'a server that is killed at every one of its writes, one after the other, loses nothing that it said yes to and does nothing twice']]),
    ...triedIn('test/store/crash.test.ts', [['the desk is killed in the midst of twenty writes', null, 'killed in the midst of twenty writes, a desk has every action whole or not at all, and all content under its hash']]),
    ...triedIn('test/store/blobs.test.ts', [['content comes with other bytes than its hash says', null, 'content with another hash than was promised is refused and not kept']]),
  ] },
  { name: 'Line and server', rows: [
    ...triedIn('test/sync/exchange.test.ts', [
      ['the line is cut between every two steps', null, 'with the line cut between every two steps the desks stay usable and everything arrives once', unsent],
      ['the line is cut after every few kilobytes', null, 'with the line cut after every few kilobytes, wherever that falls, everything arrives once', unsent],
      ['the answer to every push is lost', null, 'with every answer to a push lost once, nothing is done twice'],
      ['two people assign at once', 'sync.conflict', 'two people who assign at once: one stands, the other is told and keeps the words', 'nothing; both versions are shown'],
    ]),
    ...triedIn('test/sync/sync.test.ts', [
      ['a link stands still without ending', null, 'a link that stands still is broken off by the watchdog and resumed'],
      ['an upload is cut again and again', null, 'an upload cut again and again goes on from where it was, and the command follows once'],
      ['content comes wrong from the server', null, 'content that comes wrong is dropped, fetched again a few times, and then left'],
      ['a page that is not the server’s answers', null, 'a page that is not the server’s is no line', unsent],
    ]),
    ...triedIn('test/sync/refusals.test.ts', [
      ['the server is busy', 'server.busy', 'busy says until when, and a proxy that says it in a page of its own is obeyed as well', unsent],
      ['the password must be changed in the midst of work', 'session.must-change', 'a password that must be changed pauses, and is not a line that is down', unsent],
      ['one command of a batch is none that the server knows', 'input.invalid', '400 and 422: the one that cannot be is found and kept aside, the others go', 'nothing; it is kept aside with its reason'],
    ]),
    ...triedIn('test/sync/resync.test.ts', [['the server can no longer tell what changed (410)', 'sync.resync', '410 fetches a snapshot; what waits, a conflict-free draft and its file stay (I11)']]),
    ...triedIn('test/sync/budget.test.ts', [['there is no line, and a book is asked for', 'sync.offline', 'a book is given back: no number more here, the next station goes on; not while a number waits to be sent']]),
    ...triedIn('test/province/province.test.ts', [
      ['PostgreSQL is stopped and started under load', null, 'PostgreSQL stopped and started under load: 503 or no line, nothing lost, nothing doubled, and nobody has to do anything', unsent],
      ['a node of the province is killed in the midst of pushes', null, 'a node killed in the middle of pushes, and another after it, lose nothing and double nothing', unsent],
    ]),
  ] },
  { name: 'Clock', rows: [
    ...triedIn('test/sync/holds.test.ts', [['the clock was set back by a year', null, 'a clock that was set back holds nothing for long']]),
    ...triedIn('test/simulation/world.test.ts', [['every desk is a day fast, or slow', null, 'I17: where every desk is a day']]),
  ] },
  { name: 'Session, and two copies at once', rows: [
    ...triedIn('test/office/session-lock.test.ts', [['the program is opened twice on one profile', 'session.in-use', 'the second copy opens no desk, says why, and opens it when the first has been killed']]),
    ...triedIn('test/office/session.test.ts', [
      ['a wrong password', 'session.wrong-password', 'a wrong password, and a name that is not there, which is not told apart'],
      ['too many wrong passwords', 'session.locked', 'an account that is locked after too many tries, with how long it still is'],
      ['the server is not there at the sign-in', 'session.unreachable', 'a server that is not there'],
      ['something else answers at the server’s address', 'session.not-a-server', 'something else that answers: a page, a JSON of somebody else’s, one that points elsewhere, no HTTP at all'],
      ['an address without TLS', 'session.insecure-address', 'an address that would carry the password in the open'],
      ['another person signs in at this desk', 'session.other-person', 'another person is not let into the desk that is kept here'],
      ['the session ends in the midst of work', null, 'is told once, work goes on and waits, and signing in again sends it with the desk never closed', unsent],
    ]),
  ] },
  { name: 'Token', rows: [
    ...triedIn('test/token/manners.test.ts', [
      ['a wrong PIN', 'token.pin-wrong', "wrong PINs count down to the lock with the words of the token's own flags, one try each, and a locked token is not tried", 'one try of the PIN'],
      ['the PIN is locked', 'token.pin-locked', "wrong PINs count down to the lock with the words of the token's own flags, one try each, and a locked token is not tried"],
      ['the person cancels at the PIN pad', 'token.pad-cancelled', 'what goes wrong at the PIN pad is told: a wrong PIN, a cancelled one'],
      ['the driver crashes', 'token.host-died', 'ends its host alone, and works on the next use'],
      ['the driver hangs', 'token.timeout', 'is ended at the deadline, named, and started anew on the next use'],
    ]),
    ...triedIn('test/token/tokens.test.ts', [
      ['the driver’s process is killed in mid-signature', 'token.host-died', 'a host killed in mid-signature is told as such and the next try works in a new host'],
      ['the driver is not there', 'token.driver-missing', 'a driver that is not there, one that is no library and one without PKCS#11 are each named, and hide no other driver'],
      ['the driver’s file is no library', 'token.driver-unloadable', 'a driver that is not there, one that is no library and one without PKCS#11 are each named, and hide no other driver'],
      ['no token is plugged in', 'token.absent', 'a certificate that is on no token, and no token at all, are two different answers'],
    ]),
    ...triedIn('test/token/removal.test.ts', [['the token is pulled out in mid-batch', 'token.removed', 'a token pulled out in mid-batch is told as that though the driver says', 'nothing; what was signed stays, the rest waits']]),
    ...triedIn('test/office/batch.test.ts', [['the token hangs while the program is closed', null, 'a token that hangs does not hold the program open: its document is untouched and waits']]),
    ...triedIn('test/office/batch-crash.test.ts', [['the program is killed in the midst of a run of signatures', null, 'a program killed again and again in mid-run leaves every document signed or untouched, and the run goes on where it stood']]),
  ] },
  { name: 'Backups', rows: [
    ...triedIn('test/backup/backups.test.ts', [
      ['the stick is not plugged in when a backup is due, or asked for', 'backup.no-target', 'a stick that is not there is waited for without a word, and told to who asks'],
      ['there is no recovery sheet', 'backup.no-sheet', 'without a sheet nothing is made, and a new sheet’s words open what is made then'],
      ['another backup of the same profile is under way', 'backup.busy', 'another backup of the same profile is told, and does not end that one'],
      ['the note of where backups go is torn', null, 'a note of the last one that was torn is begun anew, and hinders nothing', 'the note; the place is chosen again'],
    ]),
    ...triedIn('test/backup/make.test.ts', [
      ['the desk writes all the while', null, 'what is being written while it is made is in it whole or not at all, and the writer never waits long'],
      ['the stick fills up, before it or in its middle', 'backup.no-room', 'a place that fills up beforehand or in the middle leaves the earlier backups as they were', 'that backup; the earlier ones stay'],
    ]),
    ...triedIn('test/backup/restore.test.ts', [
      ['the program is killed anywhere in a backup or a restore', null, 'killed anywhere in a backup or a restore, the profile is whole, a half one is never listed, and the next run succeeds'],
      ['a group of the recovery code is mistyped', 'recovery.typing', 'a mistyped code names its group, another sheet’s code names the sheet, and nothing changes'],
      ['a backup of another unit is restored', 'backup.other-unit', 'another unit’s, another person’s, a torn and a half backup are refused'],
      ['a torn backup is restored', 'backup.damaged', 'another unit’s, another person’s, a torn and a half backup are refused'],
    ]),
  ] },
  { name: 'New versions of the program', rows: [
    ...triedIn('test/updates/trusting.test.ts', [
      ['its signature is of another text', 'update.signature-invalid', 'a signature of another text'],
      ['its publisher is not known', 'update.key-unknown', 'a publisher that is not known'],
      ['a byte of the installer on the stick is changed', 'update.damaged', 'a changed byte of the installer'],
      ['the package on the stick is cut short', 'update.wrong-size', 'a file cut short'],
      ['an older version is offered', 'update.not-newer', 'an older version'],
      ['any other file is brought', 'update.unreadable', 'any other file'],
      ['it is for another kind of machine', 'update.other-platform', 'another kind of machine'],
      ['the disk has no room for it', 'update.no-room', 'on a full disk what was fetched stays, the person is told how much is missing, and it goes on when there is room'],
    ]),
    ...triedIn('test/updates/fetching.test.ts', [['the server gives wrong bytes again and again', 'update.damaged', 'a server that gives wrong bytes again and again is left alone, and the program says so']]),
    ...triedIn('test/updates/handing-over.test.ts', [['the installer did not install', 'update.not-installed', 'an installer that did not install is told at the next start, and is not tried again by itself']]),
  ] },
  { name: 'Packages carried by hand, and of the national axis', rows: [
    ...triedIn('test/packages/damaged.test.ts', [
      ['one byte is changed anywhere', 'package.damaged', 'one changed byte anywhere, and nothing is taken', 'nothing; all of it is still at the desk that made it'],
      ['it was sealed for another province', 'package.not-for-us', 'sealed for another province, it stays closed'],
      ['a stranger signed it', 'package.unknown-station', 'a stranger’s key signs for nobody, and a person’s for that person alone'],
    ]),
    ...triedIn('test/packages/province.test.ts', [['it was made for a key that is retired', 'package.old-key', 'a package for a key before the present one is opened until that key is retired', 'nothing; it is made anew']]),
    ...triedIn('test/packages/upgrade.test.ts', [['it is of a version that is not known here', 'package.newer', 'a package of a version that is not known here is told apart from a damaged one']]),
    ...triedIn('test/edxml/mutated.test.ts', [['10,000 packages of the axis, made wrong', null, '10,000 packages made wrong: no crash, no entity grows, nothing half is handed on as good, and at most 200 MB']]),
    ...triedIn('test/edxml/gateway-folder.test.ts', [['the folder of the axis is gone', null, 'a folder that is gone is a sentence, and works again when it is back']]),
  ] },
];
