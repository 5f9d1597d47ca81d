-- Nor can the register of timed procedures be emptied by whoever owns the tables, as it is with audit, decisions and ledger. Runs and clocks
-- cannot be without these either: they are pointed at.
create trigger no_truncate before truncate on flow_steps for each statement execute function shouze_append_only();
--> statement-breakpoint
create trigger no_truncate before truncate on urgings for each statement execute function shouze_append_only();
--> statement-breakpoint
create trigger no_truncate before truncate on clock_adjustments for each statement execute function shouze_append_only();
