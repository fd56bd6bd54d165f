-- table: staging.suggestions
-- grain: one row a source and fact_id
-- description: For each statistic that has no metric, up to three metrics that it is likest, by the words of what is mapped already, by rules and by people, and of the card's labels: the nearest three statements of each metric count. Nothing is published by it. Working table.
-- Every wording there is, with the metric it has, and the labels of the card.
WITH worded AS (
    SELECT
        source,
        fact_id,
        metric,
        list_concat(words, narrowings, [kind]) AS words,
        unit
    FROM staging.facts
    WHERE NOT dismissed
    UNION ALL
    SELECT
        source,
        NULL AS fact_id,
        metric,
        words,
        unit
    FROM base.metrics
),

told AS (
    SELECT
        source,
        fact_id,
        metric,
        list_sort(list_distinct(list_concat(words, [coalesce(counted_noun(unit), '')]))) AS tokens
    FROM worded
),

known AS (
    SELECT DISTINCT
        source,
        metric,
        tokens
    FROM told
    WHERE metric IS NOT NULL
),

numbered AS (
    SELECT
        source,
        metric,
        row_number() OVER (ORDER BY source, metric, tokens) AS document,
        tokens
    FROM known
),

document_tokens AS (
    SELECT
        source,
        metric,
        document,
        unnest(tokens) AS token
    FROM numbered
),

counted AS (
    SELECT
        source,
        count(*) AS metrics
    FROM base.metrics
    GROUP BY source
),

-- A word of few metrics says more than one of many. Sums of decimals are the same in
-- whatever order.
weights AS (
    SELECT
        document_tokens.source,
        document_tokens.token,
        CAST(ln((1 + any_value(counted.metrics)) / count(DISTINCT document_tokens.metric)) AS DECIMAL(18, 6)) AS weight
    FROM document_tokens
    INNER JOIN counted ON document_tokens.source = counted.source
    GROUP BY document_tokens.source, document_tokens.token
),

lengths AS (
    SELECT
        document_tokens.document,
        CAST(sum(weights.weight) AS DOUBLE) AS squared
    FROM document_tokens
    INNER JOIN weights ON document_tokens.source = weights.source AND document_tokens.token = weights.token
    GROUP BY document_tokens.document
),

asked AS (
    SELECT DISTINCT
        source,
        tokens
    FROM told
    WHERE metric IS NULL
),

asked_tokens AS (
    SELECT
        source,
        tokens,
        unnest(tokens) AS token
    FROM asked
),

shared AS (
    SELECT
        asked_tokens.source,
        asked_tokens.tokens,
        document_tokens.metric,
        document_tokens.document,
        CAST(sum(weights.weight) AS DOUBLE) AS squared
    FROM asked_tokens
    INNER JOIN document_tokens
        ON asked_tokens.source = document_tokens.source AND asked_tokens.token = document_tokens.token
    INNER JOIN weights ON asked_tokens.source = weights.source AND asked_tokens.token = weights.token
    GROUP BY asked_tokens.source, asked_tokens.tokens, document_tokens.metric, document_tokens.document
),

-- The nearest three statements of a metric speak for it: one alone may be like it by chance.
likeness AS (
    SELECT
        shared.source,
        shared.tokens,
        shared.metric,
        list_sum(list(round(shared.squared / sqrt(lengths.squared), 6) ORDER BY shared.squared / sqrt(lengths.squared) DESC)[1:3])
            AS likeness
    FROM shared
    INNER JOIN lengths ON shared.document = lengths.document
    GROUP BY shared.source, shared.tokens, shared.metric
),

ranked AS (
    SELECT
        source,
        tokens,
        list(metric ORDER BY likeness DESC, metric)[1:3] AS suggestions
    FROM likeness
    GROUP BY source, tokens
)

SELECT
    CAST(told.source AS VARCHAR) AS source, -- source whose page states it
    CAST(told.fact_id AS VARCHAR) AS fact_id, -- the statistic
    CAST(coalesce(ranked.suggestions, []) AS VARCHAR[]) AS suggestions -- metrics, the likest first
FROM told
LEFT JOIN ranked ON told.source = ranked.source AND told.tokens = ranked.tokens
WHERE told.metric IS NULL
ORDER BY source, fact_id
