CREATE TABLE "flow_runs" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"filing" uuid NOT NULL,
	"flow" text NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"ground" text,
	"once" boolean NOT NULL,
	"outcome" text,
	"document" jsonb NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "flow_runs_court_id_pk" PRIMARY KEY("court","id")
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"filing" uuid NOT NULL,
	"run" uuid NOT NULL,
	"kind" text NOT NULL,
	"cycle" integer NOT NULL,
	"due_on" date,
	"provisional" boolean NOT NULL,
	"state" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"late_days" integer,
	CONSTRAINT "timers_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "timers_state" CHECK ("timers"."state" in ('running', 'fired', 'stopped')),
	CONSTRAINT "timers_ended" CHECK (("timers"."state" = 'running') = ("timers"."ended_at" is null)),
	CONSTRAINT "timers_late" CHECK (("timers"."state" = 'fired') = ("timers"."late_days" is not null) and coalesce("timers"."late_days", 1) > 0)
);
--> statement-breakpoint
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_occasion";--> statement-breakpoint
ALTER TABLE "flow_runs" ADD CONSTRAINT "flow_runs_court_filing_filings_court_id_fk" FOREIGN KEY ("court","filing") REFERENCES "public"."filings"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timers" ADD CONSTRAINT "timers_court_run_flow_runs_court_id_fk" FOREIGN KEY ("court","run") REFERENCES "public"."flow_runs"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "flow_runs_number" ON "flow_runs" USING btree ("court","filing","flow","number");--> statement-breakpoint
CREATE UNIQUE INDEX "flow_runs_one_open" ON "flow_runs" USING btree ("court","filing","flow") WHERE outcome is null;--> statement-breakpoint
CREATE UNIQUE INDEX "flow_runs_ground_once" ON "flow_runs" USING btree ("court","filing","flow","ground") WHERE once and outcome is distinct from 'lapsed';--> statement-breakpoint
CREATE INDEX "flow_runs_open" ON "flow_runs" USING btree ("court","flow","state") WHERE outcome is null;--> statement-breakpoint
CREATE UNIQUE INDEX "timers_once" ON "timers" USING btree ("court","filing","kind","cycle");--> statement-breakpoint
CREATE UNIQUE INDEX "timers_one_running" ON "timers" USING btree ("court","run") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("court","due_on") WHERE state = 'running';--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_occasion" CHECK ("decisions"."occasion" in ('filed', 'answered', 'corrected', 'designated', 'reassigned', 'ruled'));--> statement-breakpoint
grant select, insert, update on flow_runs, timers to shouze_app;
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['flow_runs', 'timers'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own_court on %I to public using (court = current_setting(''shouze.court'', true))
      with check (court = current_setting(''shouze.court'', true))', name);
  end loop;
end $$;
--> statement-breakpoint
-- What has ended stays as it ended: a ruling is final, and a clock fires once.
create function shouze_flow_is_final() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.outcome is not null then
    raise exception 'a run that has ended is final' using errcode = 'restrict_violation', constraint = 'flow_runs_final';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger flow_runs_final before update or delete on flow_runs for each row execute function shouze_flow_is_final();
--> statement-breakpoint
create function shouze_timer_is_over() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state <> 'running' then
    raise exception 'a clock that has ended is over' using errcode = 'restrict_violation', constraint = 'timers_over';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger timers_over before update or delete on timers for each row execute function shouze_timer_is_over();
