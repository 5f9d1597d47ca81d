-- A folder that is registered on a day that has its release already takes that one's place, which has to give way before the new one is there.
alter table rule_releases drop constraint rule_releases_replaced_by_rule_releases_number_fk;
--> statement-breakpoint
alter table rule_releases add constraint rule_releases_replaced_by_rule_releases_number_fk
  foreign key (replaced_by) references rule_releases (number) deferrable initially deferred;
