-- audit: refused_captures_silent
-- promise: No fact comes from a capture that was refused, or that the archive does not hold.
-- blocking: yes
SELECT
    facts.source,
    facts.capture_sha256,
    count(*) AS facts
FROM facts
WHERE NOT EXISTS (
    SELECT 1
    FROM captures
    WHERE captures.source = facts.source AND captures.sha256 = facts.capture_sha256 AND captures.refused IS NULL
)
GROUP BY facts.source, facts.capture_sha256
