CREATE INDEX "flow_steps_filing" ON "flow_steps" USING btree ("court","filing");--> statement-breakpoint
CREATE INDEX "notifications_filing" ON "notifications" USING btree ("court","filing");--> statement-breakpoint
CREATE INDEX "urgings_filing" ON "urgings" USING btree ("court","filing");