CREATE TABLE "postings" (
	"id" uuid NOT NULL,
	"court" text NOT NULL,
	"user" uuid NOT NULL,
	"role" text NOT NULL,
	"judge" text,
	"from_on" date NOT NULL,
	"until_on" date,
	CONSTRAINT "postings_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "postings_role" CHECK ("postings"."role" in ('filing_clerk', 'judge', 'reviewer', 'command_centre', 'rule_author', 'rule_approver', 'supervisor', 'auditor', 'administrator')),
	CONSTRAINT "postings_days" CHECK ("postings"."until_on" is null or "postings"."until_on" >= "postings"."from_on"),
	CONSTRAINT "postings_judge" CHECK (("postings"."role" = 'judge') = ("postings"."judge" is not null))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"user" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"subject" text,
	"disabled_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"court" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" text NOT NULL,
	"actor" uuid,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"body" jsonb NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_court_seq_pk" PRIMARY KEY("court","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"court" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"seed" text NOT NULL,
	"docketed_on" date,
	"digest" text NOT NULL,
	"size" integer NOT NULL,
	"remarks" jsonb NOT NULL,
	"filed_by" uuid,
	"filed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "batches_court_id_pk" PRIMARY KEY("court","id")
);
--> statement-breakpoint
CREATE TABLE "clocks" (
	"court" text NOT NULL,
	"filing" uuid NOT NULL,
	"kind" text NOT NULL,
	"cycle" integer NOT NULL,
	"from_on" date NOT NULL,
	"due_on" date NOT NULL,
	"length" integer NOT NULL,
	"unit" text NOT NULL,
	"provisional" boolean NOT NULL,
	"decision" integer NOT NULL,
	CONSTRAINT "clocks_court_filing_kind_cycle_pk" PRIMARY KEY("court","filing","kind","cycle")
);
--> statement-breakpoint
CREATE TABLE "courts" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"level" text NOT NULL,
	"province" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"divisions" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"court" text NOT NULL,
	"filing" uuid NOT NULL,
	"number" integer NOT NULL,
	"occasion" text NOT NULL,
	"digest" text NOT NULL,
	"document" json NOT NULL,
	"made_by" uuid,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "decisions_court_filing_number_pk" PRIMARY KEY("court","filing","number"),
	CONSTRAINT "decisions_occasion" CHECK ("decisions"."occasion" in ('filed', 'answered', 'corrected', 'designated', 'reassigned'))
);
--> statement-breakpoint
CREATE TABLE "filing_parties" (
	"court" text NOT NULL,
	"filing" uuid NOT NULL,
	"place" integer NOT NULL,
	"name" text NOT NULL,
	"number" uuid,
	CONSTRAINT "filing_parties_court_filing_place_pk" PRIMARY KEY("court","filing","place")
);
--> statement-breakpoint
CREATE TABLE "filings" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"batch" uuid NOT NULL,
	"position" integer NOT NULL,
	"reference" text NOT NULL,
	"received_on" date,
	"state" text NOT NULL,
	"document" jsonb NOT NULL,
	"digest" text NOT NULL,
	"decision" integer DEFAULT 0 NOT NULL,
	"summary" jsonb,
	"waiting_due" date,
	"waiting_for" uuid,
	"closed_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "filings_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "filings_state" CHECK ("filings"."state" in ('received', 'assigned', 'needs_review', 'invalid', 'replaced', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "handovers" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"filing" uuid NOT NULL,
	"kind" text NOT NULL,
	"judge" text,
	"ground" text NOT NULL,
	"note" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "handovers_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "handovers_kind" CHECK ("handovers"."kind" in ('designate', 'reassign')),
	CONSTRAINT "handovers_outcome" CHECK ("handovers"."outcome" in ('approved', 'rejected', 'withdrawn')),
	CONSTRAINT "handovers_decided" CHECK (("handovers"."outcome" is null) = ("handovers"."decided_by" is null)),
	CONSTRAINT "handovers_second_person" CHECK (("handovers"."outcome" = 'withdrawn') = ("handovers"."decided_by" = "handovers"."proposed_by") or "handovers"."outcome" is null)
);
--> statement-breakpoint
CREATE TABLE "judges" (
	"court" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"document" jsonb NOT NULL,
	"digest" text NOT NULL,
	"listed" boolean NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "judges_court_id_pk" PRIMARY KEY("court","id")
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"court" text NOT NULL,
	"id" bigserial NOT NULL,
	"judge" text NOT NULL,
	"matter" uuid,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"ground" text,
	"actor" uuid,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "ledger_kind" CHECK ("ledger"."kind" in ('opening', 'assigned', 'handed_over', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "loads" (
	"court" text NOT NULL,
	"judge" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "loads_court_judge_pk" PRIMARY KEY("court","judge")
);
--> statement-breakpoint
CREATE TABLE "lookup_keys" (
	"court" text NOT NULL,
	"key" uuid NOT NULL,
	"matter" uuid NOT NULL,
	CONSTRAINT "lookup_keys_court_key_matter_pk" PRIMARY KEY("court","key","matter")
);
--> statement-breakpoint
CREATE TABLE "matters" (
	"court" text NOT NULL,
	"id" uuid NOT NULL,
	"reference" text NOT NULL,
	"source" text NOT NULL,
	"ordinal" integer NOT NULL,
	"case_key" text NOT NULL,
	"origin_key" text,
	"matter" text NOT NULL,
	"filed_on" date NOT NULL,
	"closed_on" date,
	"owner" text NOT NULL,
	"judge" text NOT NULL,
	"load" bigint NOT NULL,
	"document" jsonb NOT NULL,
	"digest" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "matters_court_id_pk" PRIMARY KEY("court","id"),
	CONSTRAINT "matters_source" CHECK ("matters"."source" in ('docket', 'filing'))
);
--> statement-breakpoint
CREATE TABLE "owners" (
	"court" text NOT NULL,
	"id" bigserial NOT NULL,
	"matter" uuid NOT NULL,
	"judge" text NOT NULL,
	"method" text NOT NULL,
	"ground" text,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"actor" uuid,
	CONSTRAINT "owners_court_id_pk" PRIMARY KEY("court","id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"principal" text NOT NULL,
	"key" text NOT NULL,
	"digest" text NOT NULL,
	"answer" json NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "requests_principal_key_pk" PRIMARY KEY("principal","key")
);
--> statement-breakpoint
CREATE TABLE "rule_versions" (
	"rule" text NOT NULL,
	"digest" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	"loaded_at" timestamp with time zone NOT NULL,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "rule_versions_rule_from_on_digest_loaded_at_pk" PRIMARY KEY("rule","from_on","digest","loaded_at")
);
--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_user_users_id_fk" FOREIGN KEY ("user") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_users_id_fk" FOREIGN KEY ("user") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clocks" ADD CONSTRAINT "clocks_court_filing_filings_court_id_fk" FOREIGN KEY ("court","filing") REFERENCES "public"."filings"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_court_filing_filings_court_id_fk" FOREIGN KEY ("court","filing") REFERENCES "public"."filings"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_parties" ADD CONSTRAINT "filing_parties_court_filing_filings_court_id_fk" FOREIGN KEY ("court","filing") REFERENCES "public"."filings"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_court_batch_batches_court_id_fk" FOREIGN KEY ("court","batch") REFERENCES "public"."batches"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_court_filing_filings_court_id_fk" FOREIGN KEY ("court","filing") REFERENCES "public"."filings"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_keys" ADD CONSTRAINT "lookup_keys_court_matter_matters_court_id_fk" FOREIGN KEY ("court","matter") REFERENCES "public"."matters"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owners" ADD CONSTRAINT "owners_court_matter_matters_court_id_fk" FOREIGN KEY ("court","matter") REFERENCES "public"."matters"("court","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "postings_user" ON "postings" USING btree ("user");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user");--> statement-breakpoint
CREATE UNIQUE INDEX "users_login" ON "users" USING btree (lower("login"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_subject" ON "users" USING btree ("subject") WHERE subject is not null;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("court","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "batches_digest" ON "batches" USING btree ("court","digest");--> statement-breakpoint
CREATE INDEX "clocks_due" ON "clocks" USING btree ("court","due_on");--> statement-breakpoint
CREATE INDEX "filing_parties_name" ON "filing_parties" USING btree ("court","name");--> statement-breakpoint
CREATE INDEX "filing_parties_number" ON "filing_parties" USING btree ("court","number");--> statement-breakpoint
CREATE UNIQUE INDEX "filings_reference" ON "filings" USING btree ("court","reference") WHERE state not in ('invalid', 'replaced');--> statement-breakpoint
CREATE UNIQUE INDEX "filings_position" ON "filings" USING btree ("court","batch","position");--> statement-breakpoint
CREATE INDEX "filings_state" ON "filings" USING btree ("court","state","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "handovers_one_open" ON "handovers" USING btree ("court","filing") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "ledger_judge" ON "ledger" USING btree ("court","judge");--> statement-breakpoint
CREATE INDEX "lookup_keys_matter" ON "lookup_keys" USING btree ("court","matter");--> statement-breakpoint
CREATE UNIQUE INDEX "matters_reference" ON "matters" USING btree ("court","source","reference","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "owners_one_active" ON "owners" USING btree ("court","matter") WHERE until is null;--> statement-breakpoint
CREATE INDEX "owners_judge" ON "owners" USING btree ("court","judge");