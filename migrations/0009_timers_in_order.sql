DROP INDEX "timers_due";--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("court","due_on","id") WHERE state = 'running';