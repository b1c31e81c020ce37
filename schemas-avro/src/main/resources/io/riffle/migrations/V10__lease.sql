-- The lease: who may write the tables of record. docs/reliability.md tells it to operators, docs/decisions/0010-lease.md why it is so.
--
-- A write is allowed by a token and by nothing else: who writes says riffle.check_lease(token) in the transaction, and the token
-- goes up whenever the lease goes to somebody else. Clocks decide only when a holder that is not heard of may be replaced.

-- One row.
CREATE TABLE riffle.lease (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  token bigint NOT NULL DEFAULT 0,
  holder varchar(255),                          -- a deployment, or a borrower; null: nobody
  borrowed boolean NOT NULL DEFAULT false,      -- held for a program that is none of Riffle's (riffle lease exec)
  lender varchar(255),                          -- the deployment that gets it back from a borrower
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  heartbeat timestamptz NOT NULL DEFAULT clock_timestamp(),
  beats bigint NOT NULL DEFAULT 0,              -- goes up with every heartbeat
  lifetime interval NOT NULL DEFAULT '30 s',    -- so long the holder may be silent
  CHECK (holder IS NOT NULL OR NOT borrowed)
);
INSERT INTO riffle.lease DEFAULT VALUES;

-- Processes that have called: those of the holder (watched_since is null), and those that wait.
CREATE TABLE riffle.lease_parties (
  holder varchar(255) NOT NULL,
  member varchar(255) NOT NULL,                 -- a process, or a task of one
  since timestamptz NOT NULL,                   -- holds or waits since
  seen timestamptz NOT NULL,                    -- its last call
  watched_beats bigint,                         -- what it saw of the holder's heartbeats
  watched_since timestamptz,                    -- and since when it sees no other
  PRIMARY KEY (holder, member)
);

-- ---------------------------------------------------------------- for every transaction that writes

-- Whether the token is that of the lease. What this transaction writes after a true is written under the lease: until it ends,
-- the lease goes to nobody else. For READ COMMITTED transactions: with an older snapshot the answer may be an older one.
-- A lock of the lock manager and not of the row: who wants it alone is not overtaken, so a stream of writers cannot keep a
-- borrower out, and the row's heartbeat does not wait for writers.
CREATE FUNCTION riffle.check_lease(p_token bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('riffle'), hashtext('lease'));
  RETURN EXISTS (SELECT FROM riffle.lease WHERE token = p_token AND holder IS NOT NULL);
END $$;

-- ---------------------------------------------------------------- for holders and those that want to be

-- A sign of life of the holder, by one of its members.
CREATE FUNCTION riffle.beat_lease(p_holder text, p_member text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
BEGIN
  UPDATE riffle.lease SET heartbeat = v_now, beats = beats + 1;
  INSERT INTO riffle.lease_parties AS p (holder, member, since, seen) VALUES (p_holder, p_member, v_now, v_now)
  ON CONFLICT (holder, member) DO UPDATE
     SET since = CASE WHEN p.watched_since IS NULL THEN p.since ELSE v_now END, seen = v_now,
         watched_beats = NULL, watched_since = NULL;
END $$;

-- Notes that somebody waits for the lease, and says whether its holder may be replaced: this party has looked for the holder's
-- whole lifetime, again and again, and seen no heartbeat. Time counts only from one look to the next, while it goes forward
-- and not by leaps: after an outage of the server, or when its clock was set, the wait begins anew. What was lent is the
-- lender's first.
CREATE FUNCTION riffle.watch_lease(p_holder text, p_member text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  l riffle.lease%ROWTYPE;
  v_now timestamptz := clock_timestamp();
  v_since timestamptz;
BEGIN
  SELECT * INTO STRICT l FROM riffle.lease;
  INSERT INTO riffle.lease_parties AS p (holder, member, since, seen, watched_beats, watched_since)
  VALUES (p_holder, p_member, v_now, v_now, l.beats, v_now)
  ON CONFLICT (holder, member) DO UPDATE
     SET since = CASE WHEN p.watched_since IS NULL THEN v_now ELSE p.since END, seen = v_now, watched_beats = l.beats,
         watched_since = CASE WHEN p.watched_beats = l.beats
                               AND v_now BETWEEN p.seen AND p.seen + greatest(l.lifetime / 2, interval '3 s')
                              THEN p.watched_since ELSE v_now END
  RETURNING p.watched_since INTO v_since;
  RETURN v_now - v_since >= l.lifetime * CASE WHEN l.holder IS NOT NULL AND l.lender <> p_holder THEN 2 ELSE 1 END;
END $$;

-- Gives the lease to a deployment, if it is free or its holder is not heard of any more; to a further member of the holder,
-- too. Returns the token, or null: it is with somebody else. Who waits calls again, at least every second or so. The lease
-- changes hands only when no transaction is under way that has checked the token before.
CREATE FUNCTION riffle.acquire_lease(p_holder text, p_member text, p_lifetime interval) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  l riffle.lease%ROWTYPE;
  v_silent boolean;
BEGIN
  SELECT * INTO STRICT l FROM riffle.lease FOR UPDATE;
  IF l.holder IS DISTINCT FROM p_holder THEN
    v_silent := riffle.watch_lease(p_holder, p_member);
    IF NOT (v_silent OR (l.holder IS NULL AND coalesce(l.lender, p_holder) = p_holder))
       OR NOT pg_try_advisory_xact_lock(hashtext('riffle'), hashtext('lease')) THEN
      RETURN NULL;
    END IF;
    l.token := l.token + 1;
    UPDATE riffle.lease
       SET token = l.token, holder = p_holder, borrowed = false, lender = NULL, since = clock_timestamp();
    DELETE FROM riffle.lease_parties WHERE seen < clock_timestamp() - interval '1 day';
  END IF;
  UPDATE riffle.lease SET lifetime = p_lifetime WHERE lifetime <> p_lifetime;
  PERFORM riffle.beat_lease(p_holder, p_member);
  RETURN l.token;
END $$;

-- Gives the lease to a program beside the deployments, whoever of them has it; it waits for transactions that are under way, as
-- long as lock_timeout says, and new ones wait meanwhile. Returns the token, or null: another borrower has it.
CREATE FUNCTION riffle.borrow_lease(p_holder text, p_member text, p_lifetime interval) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  l riffle.lease%ROWTYPE;
  v_silent bigint;       -- token of a borrower that is not heard of any more
BEGIN
  SELECT * INTO STRICT l FROM riffle.lease;
  IF l.borrowed THEN
    IF NOT riffle.watch_lease(p_holder, p_member) THEN
      RETURN NULL;
    END IF;
    v_silent := l.token;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('riffle'), hashtext('lease'));
  SELECT * INTO STRICT l FROM riffle.lease FOR UPDATE;
  IF l.borrowed AND l.token IS DISTINCT FROM v_silent THEN
    RETURN NULL;
  END IF;
  UPDATE riffle.lease
     SET token = l.token + 1, holder = p_holder, borrowed = true, lifetime = p_lifetime, since = clock_timestamp(),
         lender = CASE WHEN l.borrowed OR l.holder IS NULL THEN l.lender ELSE l.holder END;
  PERFORM riffle.beat_lease(p_holder, p_member);
  RETURN l.token + 1;
END $$;

-- A heartbeat. False: the lease is with somebody else, or has been meanwhile.
CREATE FUNCTION riffle.renew_lease(p_holder text, p_member text, p_token bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM riffle.lease WHERE holder = p_holder AND token = p_token FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM riffle.beat_lease(p_holder, p_member);
  RETURN true;
END $$;

-- A member leaves, be it a holder's or one that waits. With the last one the lease is free at once; one that was lent is kept
-- for the lender. Returns whether it is free now.
CREATE FUNCTION riffle.release_lease(p_holder text, p_member text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  l riffle.lease%ROWTYPE;
BEGIN
  SELECT * INTO STRICT l FROM riffle.lease FOR UPDATE;
  DELETE FROM riffle.lease_parties WHERE holder = p_holder AND member = p_member;
  IF l.holder IS DISTINCT FROM p_holder
     OR EXISTS (SELECT FROM riffle.lease_parties
                 WHERE holder = p_holder AND watched_since IS NULL AND seen > clock_timestamp() - l.lifetime) THEN
    RETURN false;
  END IF;
  UPDATE riffle.lease SET holder = NULL, borrowed = false, since = clock_timestamp(), beats = beats + 1;
  RETURN true;
END $$;

-- ---------------------------------------------------------------- for everybody

CREATE VIEW riffle.lease_status AS
SELECT token, holder, borrowed, lender, since, heartbeat, clock_timestamp() - heartbeat AS heartbeat_age, lifetime
  FROM riffle.lease;

CREATE VIEW riffle.lease_waiting AS
SELECT p.holder, min(p.since) AS since, count(*) AS members
  FROM riffle.lease_parties p, riffle.lease l
 WHERE p.watched_since IS NOT NULL AND p.seen > clock_timestamp() - greatest(l.lifetime, interval '3 s')
 GROUP BY p.holder;

-- Names of deployments and times; who sees schema riffle at all (riffle.grant_view) may see them.
GRANT SELECT ON riffle.lease_status, riffle.lease_waiting TO PUBLIC;
