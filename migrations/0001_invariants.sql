-- What drizzle has no words for: who may do what, which rows a court sees, what can never change.

create extension if not exists btree_gist;
--> statement-breakpoint
-- Roles are the cluster's; several databases of one cluster migrate one after the other, or at once.
do $$
begin
  if not exists (select from pg_roles where rolname = 'shouze_app') then
    create role shouze_app nologin nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$
begin
  if not exists (select from pg_roles where rolname = 'shouze_gate') then
    create role shouze_gate nologin nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$
begin
  execute format('grant shouze_app, shouze_gate to %I', current_user);
exception when others then
  if not pg_has_role(current_user, 'shouze_app', 'member') or not pg_has_role(current_user, 'shouze_gate', 'member') then
    raise;
  end if;
end $$;
--> statement-breakpoint
grant usage on schema public to shouze_app, shouze_gate;
--> statement-breakpoint
-- shouze_app works inside one court; shouze_gate signs people in and sees no case.
grant select on all tables in schema public to shouze_app;
--> statement-breakpoint
revoke select on users, sessions from shouze_app;
--> statement-breakpoint
grant select (id, login, name, disabled_at) on users to shouze_app;
--> statement-breakpoint
grant insert, update on courts, judges, matters, filings, clocks, handovers, audit_heads, postings to shouze_app;
--> statement-breakpoint
grant insert on batches, decisions, ledger, audit, requests, rule_versions to shouze_app;
--> statement-breakpoint
grant insert, update (until) on owners to shouze_app;
--> statement-breakpoint
grant update (superseded_at) on rule_versions to shouze_app;
--> statement-breakpoint
grant insert, delete on lookup_keys, filing_parties, clocks to shouze_app;
--> statement-breakpoint
grant delete on postings to shouze_app;
--> statement-breakpoint
grant usage on all sequences in schema public to shouze_app;
--> statement-breakpoint
grant select, insert, update on users, sessions to shouze_gate;
--> statement-breakpoint
grant select on postings, courts to shouze_gate;
--> statement-breakpoint
-- A court sees its own rows alone, whoever asks: FORCE binds the owner of the tables too.
do $$
declare name text;
begin
  foreach name in array array['judges', 'matters', 'lookup_keys', 'batches', 'filings', 'filing_parties', 'decisions', 'owners',
    'clocks', 'handovers', 'ledger', 'loads', 'audit', 'audit_heads', 'postings'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own_court on %I to public using (court = current_setting(''shouze.court'', true))
      with check (court = current_setting(''shouze.court'', true))', name);
  end loop;
end $$;
--> statement-breakpoint
alter table courts enable row level security;
--> statement-breakpoint
alter table courts force row level security;
--> statement-breakpoint
create policy own_court on courts to public using (code = current_setting('shouze.court', true))
  with check (code = current_setting('shouze.court', true));
--> statement-breakpoint
create policy gate on courts for select to shouze_gate using (true);
--> statement-breakpoint
create policy gate on postings for select to shouze_gate using (true);
--> statement-breakpoint
-- Acts are added, never changed and never taken away, not even by the owner of the tables.
create function shouze_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger append_only before update or delete on audit for each row execute function shouze_append_only();
--> statement-breakpoint
create trigger append_only before update or delete on decisions for each row execute function shouze_append_only();
--> statement-breakpoint
create trigger append_only before update or delete on ledger for each row execute function shouze_append_only();
--> statement-breakpoint
create trigger no_truncate before truncate on audit for each statement execute function shouze_append_only();
--> statement-breakpoint
create trigger no_truncate before truncate on decisions for each statement execute function shouze_append_only();
--> statement-breakpoint
create trigger no_truncate before truncate on ledger for each statement execute function shouze_append_only();
--> statement-breakpoint
-- A load is the sum of the ledger; the application has no right to write it.
create function shouze_add_load() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into loads (court, judge, amount) values (new.court, new.judge, new.amount)
  on conflict (court, judge) do update set amount = loads.amount + excluded.amount;
  return null;
end $$;
--> statement-breakpoint
create trigger add_load after insert on ledger for each row execute function shouze_add_load();
--> statement-breakpoint
-- One text of a rule for a day.
alter table rule_versions add constraint rule_versions_one_a_day
  exclude using gist (rule with =, daterange(from_on, until_on) with &&) where (superseded_at is null);
--> statement-breakpoint
-- Whoever audits a court does not administer it.
create function shouze_separate_duties() returns trigger language plpgsql as $$
begin
  if new.role in ('auditor', 'administrator') and exists (
    select from postings other
    where other."user" = new."user" and other.court = new.court and other.id <> new.id
      and other.role in ('auditor', 'administrator') and other.role <> new.role
      and daterange(other.from_on, other.until_on, '[]') && daterange(new.from_on, new.until_on, '[]')
  ) then
    raise exception 'auditor and administrator of a court are two people'
      using errcode = 'check_violation', constraint = 'postings_separate_duties';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger separate_duties before insert or update on postings
  for each row execute function shouze_separate_duties();
