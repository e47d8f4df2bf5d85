-- Decides on every work of the hub, from the tables of schema.sql alone. The same text for DuckDB and PostgreSQL.

-- The steps with what matters of the works that were made.
CREATE TABLE moves AS
SELECT s.source, s.act, s.work, w.declaration, w.facts, w.owner
FROM steps s
JOIN works w ON w.work = s.work;

ANALYZE moves;

-- What binds those who make something from a work: its own licenses, and those of earlier works as far as they pass along the steps,
-- to a fixpoint. What a publisher gives anew (anew) under a license that its work names itself goes no further.
CREATE TABLE bound AS
WITH RECURSIVE reached (work, origin, owner, own, state, anew) AS (
  SELECT w.work, w.work, w.owner, o.own, o.state, false
  FROM works w
  JOIN own_licenses o ON o.declaration = w.declaration
  WHERE w.work IN (SELECT source FROM steps)
  UNION
  SELECT m.work, r.origin, r.owner, r.own, p.next, d.license IS NOT NULL
  FROM reached r
  JOIN moves m ON m.source = r.work
  JOIN passing p ON p.state = r.state AND p.act = m.act AND p.facts = m.facts
  JOIN states n ON n.state = p.next
  LEFT JOIN declares d ON d.declaration = m.declaration AND d.license = n.license AND m.owner = r.owner
  WHERE NOT r.anew
)
SELECT work, origin, own, state, anew FROM reached;

ANALYZE bound;

-- What binds those who use a work that the query decides on: what reached it, and its own licenses only where it is an original.
CREATE VIEW used AS
SELECT b.work, w.declaration, b.origin, b.own, b.state, false AS direct
FROM bound b
JOIN works w ON w.work = b.work
WHERE w.asked AND b.origin <> b.work
UNION ALL
SELECT w.work, w.declaration, w.work, o.own, o.state, true
FROM works w
JOIN own_licenses o ON o.declaration = w.declaration
WHERE w.asked AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.work = w.work);

-- What binds the sources of the steps that made it.
CREATE VIEW sources AS
SELECT s.work, w.declaration, s.step, s.source, s.act, b.origin, b.own, b.state
FROM works w
JOIN steps s ON s.work = w.work
JOIN bound b ON b.work = s.source AND NOT b.anew
WHERE w.asked;

-- The verdict on each work: distributed under what it declares.
CREATE TABLE verdicts AS
WITH
-- Merged works that a license binds as the licensed model or a derivative of it.
merged AS (
  SELECT DISTINCT s.work, s.source, n.license
  FROM sources s
  JOIN states n ON n.state = s.state
  WHERE s.act = 'merge' AND n.as_model
),
merged_by AS (SELECT work, license, count(*) AS sources FROM merged GROUP BY work, license),
merges AS (SELECT work, count(DISTINCT source) AS sources FROM steps WHERE act = 'merge' GROUP BY work),
-- Everything that a license answers: to the sharing (step 0), for each meaning of what the work goes out under, and to the making, step by step.
answers AS (
  SELECT u.work, m.meaning, 0 AS step, u.origin, u.own, coalesce(a.verdict, 3) AS verdict
  FROM used u
  JOIN states n ON n.state = u.state
  JOIN declarations d ON d.declaration = u.declaration
  JOIN meanings m ON m.declaration = u.declaration
  JOIN expressions e ON e.expression = m.expression
  LEFT JOIN sharing a
    ON a.kind = n.kind AND a.part = d.part AND a.expression = CASE WHEN e.whole AND NOT u.direct THEN m.expression ELSE 0 END
  UNION ALL
  SELECT s.work, m.meaning, s.step, s.origin, s.own, coalesce(a.verdict, 3)
  FROM sources s
  JOIN states n ON n.state = s.state
  JOIN meanings m ON m.declaration = s.declaration
  LEFT JOIN merges g ON g.work = s.work
  LEFT JOIN merged_by b ON b.work = s.work AND b.license = n.license
  LEFT JOIN merged i ON i.work = s.work AND i.license = n.license AND i.source = s.source
  LEFT JOIN making a
    ON a.kind = n.kind AND a.part = n.part AND a.act = s.act
    AND a.same_model = (s.act = 'merge' AND g.sources - 1 = coalesce(b.sources, 0) - CASE WHEN i.work IS NULL THEN 0 ELSE 1 END)
),
-- One answer for the licenses of each origin, which its first license tells how to find.
origins AS (
  SELECT work, meaning, step, origin, min(own) AS own, min(verdict) AS mildest, max(verdict) AS worst
  FROM answers
  GROUP BY work, meaning, step, origin
),
joint AS (
  SELECT
    r.work, r.meaning,
    max(
      CASE
        -- of a choice the mildest, where a prohibition counts as milder than what is unclear
        WHEN o.choice THEN CASE WHEN r.mildest < 3 THEN r.mildest ELSE r.worst END
        WHEN NOT o.candidate THEN r.worst
        -- of a tag that may mean several licenses what they agree on
        WHEN r.worst <= 1 THEN r.worst
        ELSE 3
      END
    ) AS verdict
  FROM origins r
  JOIN own_licenses o ON o.own = r.own
  GROUP BY r.work, r.meaning
),
gaps AS (SELECT DISTINCT u.work FROM used u JOIN works o ON o.work = u.origin WHERE o.missing),
placed AS (
  SELECT DISTINCT u.work, n.license
  FROM used u
  JOIN states n ON n.state = u.state
  WHERE n.license IN (SELECT license FROM clashes)
),
clashing AS (
  SELECT DISTINCT p.work
  FROM placed p
  JOIN clashes c ON c.license = p.license
  JOIN placed q ON q.work = p.work AND q.license = c.other
),
outcomes AS (
  SELECT
    w.work, m.way, m.expression,
    greatest(
      coalesce(j.verdict, 0),
      CASE WHEN e.whole AND g.work IS NULL THEN 0 ELSE 3 END,
      CASE WHEN c.work IS NULL THEN 0 ELSE 4 END
    ) AS verdict
  FROM works w
  JOIN meanings m ON m.declaration = w.declaration
  JOIN expressions e ON e.expression = m.expression
  LEFT JOIN joint j ON j.work = w.work AND j.meaning = m.meaning
  LEFT JOIN gaps g ON g.work = w.work
  LEFT JOIN clashing c ON c.work = w.work
  WHERE w.asked
),
-- If all that is meant comes out the same, then all of it to choose from; else what is declared.
chosen AS (
  SELECT
    work,
    CASE
      WHEN min(verdict) FILTER (WHERE way = 'meant') = max(verdict) FILTER (WHERE way = 'meant')
      THEN CASE WHEN count(*) FILTER (WHERE way = 'joined') > 0 THEN 'joined' ELSE 'meant' END
      ELSE 'declared'
    END AS way
  FROM outcomes
  GROUP BY work
),
decided AS (
  SELECT o.work, o.expression, o.verdict
  FROM chosen c
  JOIN outcomes o ON o.work = c.work AND o.way = c.way
  UNION ALL
  SELECT work, CAST(NULL AS integer), verdict FROM referred
)
SELECT c.work, w.id, n.name AS verdict, c.expression
FROM decided c
JOIN works w ON w.work = c.work
JOIN verdict_names n ON n.verdict = c.verdict;

-- The licenses that bind each work, and the works they come from.
CREATE VIEW bindings AS
SELECT DISTINCT
  u.work, w.id, coalesce(n.license, r.id) AS license, r.id AS origin,
  CASE WHEN o.candidate THEN 'arguable' WHEN u.direct THEN n.own_reading ELSE n.passed_reading END AS reading
FROM used u
JOIN works w ON w.work = u.work
JOIN works r ON r.work = u.origin
JOIN own_licenses o ON o.own = u.own
JOIN states n ON n.state = u.state
UNION ALL
SELECT b.work, w.id, b.license, r.id, b.reading
FROM referred_bindings b
JOIN works w ON w.work = b.work
JOIN works r ON r.work = b.origin;

-- What the license that a work goes out under lacks, for each license that asks for it. Other findings are in works.jsonl alone.
CREATE VIEW lacks AS
SELECT DISTINCT
  u.work, v.id, l.code, n.license, r.id AS origin,
  CASE WHEN l.certain THEN n.passed_reading ELSE 'arguable' END AS reading
FROM verdicts v
JOIN expressions e ON e.expression = v.expression AND e.whole
JOIN used u ON u.work = v.work AND NOT u.direct
JOIN own_licenses o ON o.own = u.own AND NOT o.candidate
JOIN declarations d ON d.declaration = u.declaration
JOIN works r ON r.work = u.origin
JOIN states n ON n.state = u.state
JOIN lacking l ON l.kind = n.kind AND l.part = d.part AND l.expression = v.expression
UNION ALL
SELECT b.work, w.id, b.code, b.license, r.id, b.reading
FROM referred_lacks b
JOIN works w ON w.work = b.work
JOIN works r ON r.work = b.origin;
