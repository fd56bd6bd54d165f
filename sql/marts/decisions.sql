-- table: decisions
-- grain: one row a source and decision
-- description: What people settled about statements: every decision on record, what has become of it, and the facts it is about.
SELECT
    CAST(source AS VARCHAR) AS source, -- source whose statements it is about
    CAST(decision AS VARCHAR) AS decision, -- identifier, as `impact undecide` takes it
    CAST(outcome AS VARCHAR) AS outcome, -- applies; not_needed (the rules say so now); page_changed (the page does not say it any more); extractor_changed (it is read otherwise than when it was decided); ambiguous (several statements, or several decisions, come into question; not applied)
    CAST(detail AS VARCHAR) AS detail, -- why, when it does not simply apply
    CAST(action AS VARCHAR) AS action, -- what it does, readable
    CAST(metric AS VARCHAR) AS metric, -- metric it gives; NULL when it gives none
    CAST(breakdown AS VARCHAR) AS breakdown, -- part it gives, as reporter=public; empty for a total
    CAST(made_by AS VARCHAR) AS made_by, -- who made it
    CAST(made_at AS TIMESTAMP) AS made_at, -- when, UTC
    CAST(why AS VARCHAR) AS why, -- why
    CAST(made_for AS VARCHAR) AS made_for, -- statement (one figure of a page) or wording (whatever is put in the same words)
    CAST(capture_id AS VARCHAR) AS capture_id, -- capture it was made on; NULL for a wording
    CAST(headings AS VARCHAR[]) AS headings, -- headings the figure stands under
    CAST(quote AS VARCHAR) AS quote, -- figure in brackets, with the words either side; NULL for a wording
    CAST(wording AS VARCHAR) AS wording, -- wording it is about; NULL for a statement
    CAST(fact_ids AS VARCHAR[]) AS fact_ids -- facts it is about, over all captures; join facts; what it excludes stands in no facts, and in numerals with the reason that it gives
FROM base.decisions
ORDER BY source, made_at, decision
