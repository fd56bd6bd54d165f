-- table: facts
-- grain: one row a source and fact_id
-- description: Every statistic of every capture that nobody excluded, typed, dated, with the characters it came from: substr(passage_text, "start" + 1, "end" - "start") = surface.
SELECT
    CAST(fact_id AS VARCHAR) AS fact_id, -- from the capture's bytes, the passage's place and the span; a new metric mapping does not change it
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(edition AS INTEGER) AS edition, -- reporting year the capture speaks of
    CAST(metric AS VARCHAR) AS metric, -- metric slug, see metrics; NULL puts it in review_queue, unless it is dismissed
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, multiplier, change (absolute), change_percent, money, duration or measure (a physical unit)
    CAST(value AS DOUBLE) AS value, -- stated number, scale words applied; percent as 0-100; a range takes its low end; whole numbers are exact below 2^53
    CAST(qualifier AS VARCHAR) AS qualifier, -- exact, more_than, at_least, less_than, at_most, up_to, about, nearly, range or order_of_magnitude
    CAST(value_low AS DOUBLE) AS value_low, -- lower end of what the words claim; NULL when unbounded
    CAST(value_high AS DOUBLE) AS value_high, -- upper end of what the words claim; NULL when unbounded
    CAST(resolution AS DOUBLE) AS resolution, -- place value of the last digit where a scale word or a decimal is written, else 1
    CAST(unit AS VARCHAR) AS unit, -- what is counted, plural, as the text says it; percent; currency code
    CAST(label AS VARCHAR) AS label, -- what it measures, readable: the metric's label, else from the words around it
    CAST(period_type AS VARCHAR) AS period_type, -- year, range (part of a year, or several), cumulative, as_of or unknown (habitual claims)
    CAST(year AS INTEGER) AS year, -- reporting year; for cumulative and as_of the year at which the figure stands; for a change the later year
    CAST(period_start AS DATE) AS period_start, -- first day of the period, when known
    CAST(period_end AS DATE) AS period_end, -- last day of the period, when known
    CAST(period_basis AS VARCHAR) AS period_basis, -- what the period rests on: stated, derived, context, heading or edition
    CAST(dimensions AS MAP (VARCHAR, VARCHAR)) AS dimensions, -- part of a total by dimension, as dimensions['reporter']; empty for a total
    CAST(breakdown AS VARCHAR) AS breakdown, -- dimensions as text, sorted, joined by semicolons; empty for a total
    CAST(base_year AS INTEGER) AS base_year, -- earlier year of a comparison
    CAST(attribution AS VARCHAR) AS attribution, -- whose figure it is, when the text says so
    CAST(aggregation AS VARCHAR) AS aggregation, -- rate or average, such as monthly_average or each_year
    CAST(flags AS VARCHAR[]) AS flags, -- remarks on the reading, such as redundant_scale or estimated
    CAST(surface AS VARCHAR) AS surface, -- numeral as written
    CAST("start" AS INTEGER) AS "start", -- first code point of the numeral in passage_text, from 0
    CAST("end" AS INTEGER) AS "end", -- code point after the numeral
    CAST(sentence AS VARCHAR) AS sentence, -- sentence it stands in
    CAST(wording AS VARCHAR) AS wording, -- how it is put: nearest heading, label or heads, sentence, with every number as # and its own as [#], white space and case folded
    CAST(passage_text AS VARCHAR) AS passage_text, -- text of the passage, white space normalised
    CAST(passage_index AS INTEGER) AS passage_index, -- position of the passage in the page, from 0; join passages on source, capture_sha256 and passage_index
    CAST(headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(xpath AS VARCHAR) AS xpath, -- place in the page
    CAST(capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the bytes it came from; join captures
    CAST(captured_at AS TIMESTAMP) AS captured_at, -- when the bytes were retrieved, UTC
    CAST(url AS VARCHAR) AS url, -- address of the page
    CAST(archived_url AS VARCHAR) AS archived_url, -- the archive's own address of the capture, when there is one
    CAST(text_fragment_url AS VARCHAR) AS text_fragment_url, -- link that opens the page with the words highlighted
    CAST(rule AS VARCHAR) AS rule, -- rule that typed it
    CAST(extractor_version AS VARCHAR) AS extractor_version, -- version that read it
    CAST(decision AS VARCHAR) AS decision, -- decision of a person that is applied to it, see decisions; NULL when none is
    CAST(decided_by AS VARCHAR) AS decided_by, -- who made that decision
    CAST(page_says AS MAP (VARCHAR, VARCHAR)) AS page_says, -- by column, what the page says, as it is read, where the decision says otherwise; NULL when nothing is decided
    CAST(dismissed AS BOOLEAN) AS dismissed, -- whether a person settled that it is a statistic that is not followed
    CAST(held_back AS VARCHAR) AS held_back -- why it is not believed and speaks for no cell of metric_year; NULL when it may speak
FROM staging.facts
ORDER BY source, captured_at, capture_sha256, passage_index, "start", fact_id
