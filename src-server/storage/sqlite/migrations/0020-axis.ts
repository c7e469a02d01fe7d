/**
 * The national axis: what goes to offices beyond this server, from where what came has come, and which node exchanges. `state`: waiting, sent, failed. Of a message that was sent the key stays: it is
 * never made twice.
 */
export const axis = `
CREATE TABLE axis_message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, stream TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL, document TEXT NOT NULL, sender TEXT NOT NULL, receiver TEXT NOT NULL,
  body TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, not_before INTEGER NOT NULL, reason TEXT NOT NULL, created_at INTEGER NOT NULL, ended_at INTEGER NOT NULL
) STRICT;
CREATE INDEX axis_message_waiting ON axis_message (stream, seq) WHERE state = 'waiting';
CREATE INDEX axis_message_failed ON axis_message (seq) WHERE state = 'failed';
CREATE TABLE axis_arrival (
  unit TEXT NOT NULL, document TEXT NOT NULL, sender TEXT NOT NULL, sender_name TEXT NOT NULL, message TEXT NOT NULL, code TEXT NOT NULL, issued_on TEXT NOT NULL, print TEXT NOT NULL, PRIMARY KEY (unit, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX axis_arrival_by_message ON axis_arrival (message, sender);
CREATE TABLE axis_lease (name TEXT PRIMARY KEY, node TEXT NOT NULL, held_until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;
