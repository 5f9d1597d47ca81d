-- A folder becomes a release as a process starts, never by what somebody asks of a running one: that way nobody would have approved it.
create function shouze_folder_at_start() returns trigger language plpgsql as $$
begin
  if new.origin = 'folder' and current_user in ('shouze_app', 'shouze_gate') then
    raise exception 'a folder is registered at start' using errcode = 'restrict_violation', constraint = 'rule_releases_folder';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger rule_releases_folder before insert on rule_releases for each row execute function shouze_folder_at_start();
--> statement-breakpoint
-- The draft is held while a file is saved in it: whoever proposes it at the same instant waits, and proposes what was saved.
create or replace function shouze_draft_is_open() returns trigger language plpgsql as $$
begin
  if (select state from rule_drafts where id = new.draft for share) is distinct from 'draft' then
    raise exception 'the draft is not open' using errcode = 'restrict_violation', constraint = 'rule_draft_files_open';
  end if;
  return new;
end $$;
--> statement-breakpoint
-- How many runs are open in which state of which flow, in every court: whoever approves rules that take a flow away has to know. No case is told.
grant select (court, flow, state, outcome) on flow_runs to shouze_gate;
--> statement-breakpoint
create policy tally on flow_runs for select to shouze_gate using (outcome is null);
