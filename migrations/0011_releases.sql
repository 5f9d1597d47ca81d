CREATE TABLE "rule_blobs" (
	"digest" text PRIMARY KEY NOT NULL,
	"content" text NOT NULL,
	CONSTRAINT "rule_blobs_digest" CHECK ("rule_blobs"."digest" = encode(sha256(convert_to("rule_blobs"."content", 'UTF8')), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "rule_bundles" (
	"digest" text PRIMARY KEY NOT NULL,
	"manifest" text NOT NULL,
	CONSTRAINT "rule_bundles_digest" CHECK ("rule_bundles"."digest" = encode(sha256(convert_to("rule_bundles"."manifest", 'UTF8')), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "rule_draft_files" (
	"draft" uuid NOT NULL,
	"revision" integer NOT NULL,
	"path" text NOT NULL,
	"digest" text,
	"saved_by" uuid NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rule_draft_files_draft_revision_pk" PRIMARY KEY("draft","revision"),
	CONSTRAINT "rule_draft_files_path" CHECK (length("rule_draft_files"."path") between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "rule_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"note" text NOT NULL,
	"base" integer NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"checked_revision" integer,
	"checked_base" integer,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "rule_drafts_state" CHECK ("rule_drafts"."state" in ('draft', 'proposed', 'released', 'discarded')),
	CONSTRAINT "rule_drafts_checked" CHECK (("rule_drafts"."checked_revision" is null) = ("rule_drafts"."checked_base" is null) and coalesce("rule_drafts"."checked_revision", 0) <= "rule_drafts"."revision")
);
--> statement-breakpoint
CREATE TABLE "rule_release_steps" (
	"release" integer NOT NULL,
	"number" integer NOT NULL,
	"action" text NOT NULL,
	"actor" uuid,
	"made_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "rule_release_steps_release_number_pk" PRIMARY KEY("release","number"),
	CONSTRAINT "rule_release_steps_action" CHECK ("rule_release_steps"."action" in ('registered', 'proposed', 'approved', 'scheduled', 'rejected', 'withdrawn', 'cancelled', 'reviewed'))
);
--> statement-breakpoint
CREATE TABLE "rule_releases" (
	"number" integer PRIMARY KEY NOT NULL,
	"bundle" text NOT NULL,
	"title" text NOT NULL,
	"note" text NOT NULL,
	"origin" text NOT NULL,
	"draft" uuid,
	"base" integer,
	"rolls_back" integer,
	"urgency" text NOT NULL,
	"ground" text,
	"state" text NOT NULL,
	"proposed_by" uuid,
	"proposed_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"effective_on" date,
	"replaced_by" integer,
	"review_due" date,
	"reviewed_by" uuid,
	"reviewed_at" timestamp with time zone,
	"review_outcome" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "rule_releases_origin" CHECK ("rule_releases"."origin" in ('folder', 'draft', 'rollback')),
	CONSTRAINT "rule_releases_source" CHECK (("rule_releases"."origin" = 'folder') = ("rule_releases"."proposed_by" is null) and ("rule_releases"."origin" = 'draft') = ("rule_releases"."draft" is not null)
        and ("rule_releases"."origin" = 'rollback') = ("rule_releases"."rolls_back" is not null)),
	CONSTRAINT "rule_releases_state" CHECK ("rule_releases"."state" in ('proposed', 'approved', 'scheduled', 'rejected', 'withdrawn', 'cancelled')),
	CONSTRAINT "rule_releases_urgency" CHECK ("rule_releases"."urgency" in ('ordinary', 'emergency') and ("rule_releases"."urgency" = 'emergency') = ("rule_releases"."ground" is not null)),
	CONSTRAINT "rule_releases_second_person" CHECK ("rule_releases"."approved_by" <> "rule_releases"."proposed_by"),
	CONSTRAINT "rule_releases_approved" CHECK (("rule_releases"."approved_by" is null) = ("rule_releases"."approved_at" is null)
        and ("rule_releases"."state" not in ('approved', 'scheduled') or "rule_releases"."origin" = 'folder' or "rule_releases"."approved_by" is not null)
        and ("rule_releases"."state" not in ('proposed', 'rejected', 'withdrawn') or "rule_releases"."approved_by" is null)),
	CONSTRAINT "rule_releases_scheduled" CHECK (("rule_releases"."state" in ('scheduled', 'cancelled') or "rule_releases"."effective_on" is null)
        and ("rule_releases"."state" <> 'scheduled' or "rule_releases"."effective_on" is not null)
        and ("rule_releases"."replaced_by" is null or "rule_releases"."state" = 'scheduled')),
	CONSTRAINT "rule_releases_review" CHECK (("rule_releases"."reviewed_by" is null) = ("rule_releases"."reviewed_at" is null) and ("rule_releases"."reviewed_by" is null) = ("rule_releases"."review_outcome" is null)
        and ("rule_releases"."reviewed_by" is null or "rule_releases"."review_due" is not null)
        and ("rule_releases"."review_due" is not null) = ("rule_releases"."urgency" = 'emergency' and "rule_releases"."state" = 'scheduled')
        and "rule_releases"."reviewed_by" <> "rule_releases"."approved_by" and "rule_releases"."reviewed_by" <> "rule_releases"."proposed_by"),
	CONSTRAINT "rule_releases_review_outcome" CHECK ("rule_releases"."review_outcome" in ('confirmed', 'objected'))
);
--> statement-breakpoint
ALTER TABLE "rule_draft_files" ADD CONSTRAINT "rule_draft_files_draft_rule_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."rule_drafts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_draft_files" ADD CONSTRAINT "rule_draft_files_digest_rule_blobs_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."rule_blobs"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_drafts" ADD CONSTRAINT "rule_drafts_base_rule_releases_number_fk" FOREIGN KEY ("base") REFERENCES "public"."rule_releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_release_steps" ADD CONSTRAINT "rule_release_steps_release_rule_releases_number_fk" FOREIGN KEY ("release") REFERENCES "public"."rule_releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_releases" ADD CONSTRAINT "rule_releases_bundle_rule_bundles_digest_fk" FOREIGN KEY ("bundle") REFERENCES "public"."rule_bundles"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_releases" ADD CONSTRAINT "rule_releases_base_rule_releases_number_fk" FOREIGN KEY ("base") REFERENCES "public"."rule_releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_releases" ADD CONSTRAINT "rule_releases_rolls_back_rule_releases_number_fk" FOREIGN KEY ("rolls_back") REFERENCES "public"."rule_releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_releases" ADD CONSTRAINT "rule_releases_replaced_by_rule_releases_number_fk" FOREIGN KEY ("replaced_by") REFERENCES "public"."rule_releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rule_draft_files_by_path" ON "rule_draft_files" USING btree ("draft","path","revision");--> statement-breakpoint
CREATE INDEX "rule_drafts_open" ON "rule_drafts" USING btree ("created_at") WHERE state in ('draft', 'proposed');--> statement-breakpoint
CREATE UNIQUE INDEX "rule_releases_one_a_day" ON "rule_releases" USING btree ("effective_on") WHERE state = 'scheduled' and replaced_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "rule_releases_one_of_a_draft" ON "rule_releases" USING btree ("draft") WHERE state in ('proposed', 'approved', 'scheduled');