-- Rows that nobody asks for any more are deleted at the gate. It may pick answers out by their age, and read none of them.
grant delete on sessions, requests to shouze_gate;
--> statement-breakpoint
grant select (principal, key, made_at) on requests to shouze_gate;
