-- What analysts call on the published file: FROM series('calls'). Made when all tables stand. DuckDB looks their tables
-- up where they are called, so a file that is attached beside another is made the current one first (USE).
--
-- A parameter takes the place of every bare column of its name, so columns of such names are written with their table's.

CREATE OR REPLACE MACRO series(metric) AS TABLE
SELECT
    cells.source,
    cells.metric,
    cells.label,
    cells.period_type,
    cells.kind,
    cells.breakdown,
    cells.year,
    cells.value,
    cells.qualifier,
    cells.unit,
    cells.share_of_total,
    cells.status,
    cells.edition,
    cells.statement,
    cells.fact_id
FROM metric_year AS cells
WHERE cells.metric = metric
ORDER BY cells.source, cells.period_type <> 'year', cells.period_type, cells.kind, cells.breakdown, cells.year;

COMMENT ON MACRO TABLE series IS
'series(metric): what every source states of a metric, totals before their parts, year by year, with status and statement';

CREATE OR REPLACE MACRO cite(source, metric, year) AS TABLE
SELECT
    cells.period_type,
    cells.breakdown,
    cells.value,
    format(
        '{}, “{}”, {}: “{}” {}, retrieved {}; fact {}, SHA-256 {}',
        sources.organisation,
        sources.title,
        CASE WHEN cells.edition IS NULL THEN 'edition unknown' ELSE 'edition ' || cells.edition END,
        cells.statement,
        coalesce(facts.archived_url, facts.url, 'no address known'),
        strftime(facts.captured_at, '%Y-%m-%d'),
        facts.fact_id,
        facts.capture_sha256
    ) AS citation
FROM metric_year AS cells
INNER JOIN facts ON cells.source = facts.source AND cells.fact_id = facts.fact_id
INNER JOIN sources ON cells.source = sources.source
WHERE cells.source = source AND cells.metric = metric AND cells.year = year
ORDER BY cells.period_type <> 'year', cells.period_type, cells.kind, cells.breakdown;

COMMENT ON MACRO TABLE cite IS
'cite(source, metric, year): a line to quote for each figure of a metric and year: who, which page and edition, the words, where and when they were retrieved, fact and SHA-256 of the bytes';

-- The very SELECT of edition_changes, over two editions that are named instead of each and the one before it.
CREATE OR REPLACE MACRO compare(source, edition_a, edition_b) AS TABLE
{edition_changes};

COMMENT ON MACRO TABLE compare IS
'compare(source, edition_a, edition_b): what edition_b states against edition_a: new, restated, dropped, reworded or unchanged, with both values and statements, in the columns of edition_changes; empty unless there are both';

CREATE OR REPLACE MACRO whats_new(source) AS TABLE
SELECT changes.*
FROM edition_changes AS changes
INNER JOIN sources ON changes.source = sources.source AND changes.edition = sources.last_edition
WHERE changes.source = source
ORDER BY
    list_position(['new', 'restated', 'dropped', 'reworded', 'unchanged'], changes.change),
    changes.metric, changes.period_type, changes.kind, changes.breakdown, changes.year;

COMMENT ON MACRO TABLE whats_new IS
'whats_new(source): the latest edition of a source against the one before it: new, restated, dropped, reworded or unchanged, in the columns of edition_changes';
