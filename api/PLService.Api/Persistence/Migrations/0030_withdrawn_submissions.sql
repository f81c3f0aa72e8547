-- Whoever submitted a plan too early takes it back: the round stays, with who did so and when, and without a decision.
alter table pls.plan_review
    add column withdrawn_by_person_id uuid,
    add column withdrawn_by_client_id uuid,
    add column withdrawn_at           timestamptz;
