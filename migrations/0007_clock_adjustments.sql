CREATE TABLE "clock_adjustments" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"filing" uuid NOT NULL,
	"run" uuid,
	"clock" text NOT NULL,
	"rule" text NOT NULL,
	"from_on" date,
	"to_on" date,
	"length" integer NOT NULL,
	"applied_on" date,
	"reason" text NOT NULL,
	"entered_by" uuid,
	"entered_at" timestamp with time zone NOT NULL,
	"ended_by" uuid,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "clock_adjustments_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "clock_adjustments_either" CHECK (("clock_adjustments"."length" = 0) = ("clock_adjustments"."from_on" is not null) and "clock_adjustments"."length" >= 0 and ("clock_adjustments"."to_on" is null or "clock_adjustments"."to_on" >= "clock_adjustments"."from_on"))
);
--> statement-breakpoint
ALTER TABLE "clocks" ADD COLUMN "paused_since" date;--> statement-breakpoint
ALTER TABLE "clock_adjustments" ADD CONSTRAINT "clock_adjustments_court_filing_filings_court_id_fk" FOREIGN KEY ("court","filing") REFERENCES "public"."filings"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_adjustments" ADD CONSTRAINT "clock_adjustments_court_run_flow_runs_court_id_fk" FOREIGN KEY ("court","run") REFERENCES "public"."flow_runs"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "clock_adjustments_one_open" ON "clock_adjustments" USING btree ("court","filing","clock","rule") WHERE length = 0 and to_on is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "clock_adjustments_filing" ON "clock_adjustments" USING btree ("court","filing");--> statement-breakpoint
grant select, insert, update on clock_adjustments to shouze_app;
--> statement-breakpoint
alter table clock_adjustments enable row level security;
--> statement-breakpoint
alter table clock_adjustments force row level security;
--> statement-breakpoint
create policy own_court on clock_adjustments to public using (court = current_setting('shouze.court', true))
  with check (court = current_setting('shouze.court', true));
--> statement-breakpoint
-- What was entered stays as it was entered: it can be brought to its end once, and withdrawn once.
create function shouze_adjustment_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.withdrawn_at is not null
    or (old.to_on is not null and new.to_on is distinct from old.to_on)
    or (to_jsonb(new) - array['to_on', 'ended_by', 'withdrawn_by', 'withdrawn_at'])
      <> (to_jsonb(old) - array['to_on', 'ended_by', 'withdrawn_by', 'withdrawn_at']) then
    raise exception 'an adjustment stays as it was entered' using errcode = 'restrict_violation', constraint = 'clock_adjustments_stay';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger clock_adjustments_stay before update or delete on clock_adjustments
  for each row execute function shouze_adjustment_stays();
