-- audit: facts_in_content
-- promise: No fact stands in navigation or a footer.
-- blocking: yes
SELECT
    facts.source,
    facts.fact_id,
    facts.sentence
FROM facts
INNER JOIN passages
    ON
        facts.source = passages.source
        AND facts.capture_sha256 = passages.capture_sha256
        AND facts.passage_index = passages.passage_index
WHERE passages.region <> 'content'
