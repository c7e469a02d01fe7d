/**
 * Writes a number into its book, if the lease under which it was given out still stands: what was checked earlier in the transaction was checked without
 * a lock. Otherwise the transaction is run again (40001) and is told the reason by its own check. The row's lock is held from here to the commit, which follows.
 */
export const recordNumber = `
CREATE FUNCTION record_number(which text, under bigint, given bigint, holder text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE book SET next = greatest(next, given + 1) WHERE id = which AND epoch = under AND station <> '' AND given BETWEEN first AND reserve_end;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the lease of % under epoch % has changed', which, under USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO book_number (book, number, epoch, document) VALUES (which, given, under, holder);
END $$;
`;
