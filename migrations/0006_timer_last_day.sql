ALTER TABLE "timers" ADD COLUMN "last_on" date;
--> statement-breakpoint
-- So far every clock fired after its own last day. The owner of the table is to see all courts while it is told so.
alter table timers no force row level security;
--> statement-breakpoint
update timers set last_on = due_on where state = 'running';
--> statement-breakpoint
alter table timers force row level security;
