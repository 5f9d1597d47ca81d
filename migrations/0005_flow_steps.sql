CREATE TABLE "absences" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"judge" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"reason" text NOT NULL,
	"entered_by" uuid,
	"entered_at" timestamp with time zone NOT NULL,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "absences_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "absences_reason" CHECK ("absences"."reason" in ('leave', 'sick', 'secondment', 'training', 'suspended')),
	CONSTRAINT "absences_days" CHECK ("absences"."to_on" is null or "absences"."to_on" >= "absences"."from_on")
);
--> statement-breakpoint
CREATE TABLE "flow_steps" (
	"court" text NOT NULL,
	"run" uuid NOT NULL,
	"number" integer NOT NULL,
	"filing" uuid NOT NULL,
	"kind" text NOT NULL,
	"action" text NOT NULL,
	"state" text NOT NULL,
	"actor" uuid,
	"on_day" date NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "flow_steps_court_run_number_pk" PRIMARY KEY("court","run","number"),
	CONSTRAINT "flow_steps_kind" CHECK ("flow_steps"."kind" in ('step', 'clock', 'urge', 'lapse'))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"filing" uuid NOT NULL,
	"run" uuid,
	"to_kind" text NOT NULL,
	"to_whom" text NOT NULL,
	"about" text NOT NULL,
	"action" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone,
	"seen_by" uuid,
	CONSTRAINT "notifications_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "notifications_to_kind" CHECK ("notifications"."to_kind" in ('judge', 'user', 'office', 'party')),
	CONSTRAINT "notifications_seen" CHECK (("notifications"."seen_at" is null) = ("notifications"."seen_by" is null))
);
--> statement-breakpoint
CREATE TABLE "urgings" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"filing" uuid NOT NULL,
	"run" uuid NOT NULL,
	"timer" uuid NOT NULL,
	"level" text NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"to_kind" text NOT NULL,
	"to_whom" text NOT NULL,
	"made_on" date NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "urgings_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "urgings_level" CHECK ("urgings"."level" in ('reminder', 'urging', 'supervision')),
	CONSTRAINT "urgings_to_kind" CHECK ("urgings"."to_kind" in ('judge', 'user', 'office')),
	CONSTRAINT "urgings_number_positive" CHECK ("urgings"."number" > 0)
);
--> statement-breakpoint
ALTER TABLE "timers" ADD COLUMN "stage" text DEFAULT 'expiry' NOT NULL;--> statement-breakpoint
ALTER TABLE "flow_steps" ADD CONSTRAINT "flow_steps_court_run_flow_runs_court_id_fk" FOREIGN KEY ("court","run") REFERENCES "public"."flow_runs"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_court_filing_filings_court_id_fk" FOREIGN KEY ("court","filing") REFERENCES "public"."filings"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urgings" ADD CONSTRAINT "urgings_court_run_flow_runs_court_id_fk" FOREIGN KEY ("court","run") REFERENCES "public"."flow_runs"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urgings" ADD CONSTRAINT "urgings_court_timer_timers_court_id_fk" FOREIGN KEY ("court","timer") REFERENCES "public"."timers"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absences_judge" ON "absences" USING btree ("court","judge");--> statement-breakpoint
CREATE INDEX "flow_steps_day" ON "flow_steps" USING btree ("court","on_day");--> statement-breakpoint
CREATE INDEX "notifications_to" ON "notifications" USING btree ("court","to_kind","to_whom") WHERE seen_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "urgings_number" ON "urgings" USING btree ("court","level","year","number");--> statement-breakpoint
CREATE UNIQUE INDEX "urgings_timer" ON "urgings" USING btree ("court","timer");--> statement-breakpoint
CREATE INDEX "urgings_day" ON "urgings" USING btree ("court","made_on");--> statement-breakpoint
ALTER TABLE "timers" ADD CONSTRAINT "timers_stage" CHECK ("timers"."stage" in ('expiry', 'reminder', 'urging', 'supervision'));--> statement-breakpoint
grant select, insert on flow_steps, urgings to shouze_app;
--> statement-breakpoint
grant select, insert, update on notifications, absences to shouze_app;
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['flow_steps', 'notifications', 'urgings', 'absences'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own_court on %I to public using (court = current_setting(''shouze.court'', true))
      with check (court = current_setting(''shouze.court'', true))', name);
  end loop;
end $$;
--> statement-breakpoint
create trigger append_only before update or delete on flow_steps for each row execute function shouze_append_only();
--> statement-breakpoint
create trigger append_only before update or delete on urgings for each row execute function shouze_append_only();
