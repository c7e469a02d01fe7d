/**
 * The national axis: what goes to offices beyond this server, from where what came has come, and which node exchanges. `state`: waiting, sent, failed. Of a message that was sent the key stays: it is
 * never made twice.
 */
export const axis = `
CREATE TABLE axis_message (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text COLLATE "C" NOT NULL UNIQUE, stream text COLLATE "C" NOT NULL, kind text NOT NULL, unit text COLLATE "C" NOT NULL,
  document text COLLATE "C" NOT NULL, sender text NOT NULL, receiver text NOT NULL, body text NOT NULL, state text NOT NULL, tries int NOT NULL, not_before bigint NOT NULL, reason text NOT NULL,
  created_at bigint NOT NULL, ended_at bigint NOT NULL
);
CREATE INDEX axis_message_waiting ON axis_message (stream, seq) WHERE state = 'waiting';
CREATE INDEX axis_message_failed ON axis_message (seq) WHERE state = 'failed';
CREATE TABLE axis_arrival (
  unit text COLLATE "C" NOT NULL, document text COLLATE "C" NOT NULL, sender text NOT NULL, sender_name text NOT NULL, message text NOT NULL, code text NOT NULL, issued_on text NOT NULL, print text NOT NULL,
  PRIMARY KEY (unit, document)
);
CREATE INDEX axis_arrival_by_message ON axis_arrival (message, sender);
CREATE TABLE axis_lease (name text COLLATE "C" PRIMARY KEY, node text NOT NULL, held_until bigint NOT NULL);
`;
