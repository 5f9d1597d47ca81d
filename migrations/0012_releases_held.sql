-- Rules are everybody's: what is drafted and in force is read in every court, and written by whoever the application lets.
grant select, insert on rule_blobs, rule_bundles, rule_releases, rule_release_steps, rule_drafts, rule_draft_files to shouze_app;
--> statement-breakpoint
grant update (state, approved_by, approved_at, effective_on, replaced_by, review_due, reviewed_by, reviewed_at, review_outcome, version)
  on rule_releases to shouze_app;
--> statement-breakpoint
grant update (title, note, base, state, revision, checked_revision, checked_base, version) on rule_drafts to shouze_app;
--> statement-breakpoint
-- What was saved, bundled and done stays.
do $$
declare name text;
begin
  foreach name in array array['rule_blobs', 'rule_bundles', 'rule_release_steps', 'rule_draft_files'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function shouze_append_only()', name);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function shouze_append_only()', name);
  end loop;
  foreach name in array array['rule_releases', 'rule_drafts'] loop
    execute format('create trigger no_delete before delete on %I for each row execute function shouze_append_only()', name);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function shouze_append_only()', name);
  end loop;
end $$;
--> statement-breakpoint
-- A release goes its way and never back, what it consists of never changes, and whoever wrote a line of it does not approve it.
create function shouze_release_goes_on() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> (case new.origin when 'folder' then 'scheduled' else 'proposed' end) then
      raise exception 'a release begins as proposed' using errcode = 'restrict_violation', constraint = 'rule_releases_way';
    end if;
    return new;
  end if;
  if (to_jsonb(new) - array['state', 'approved_by', 'approved_at', 'effective_on', 'replaced_by', 'review_due', 'reviewed_by',
      'reviewed_at', 'review_outcome', 'version'])
    <> (to_jsonb(old) - array['state', 'approved_by', 'approved_at', 'effective_on', 'replaced_by', 'review_due', 'reviewed_by',
      'reviewed_at', 'review_outcome', 'version'])
    or (old.approved_by is not null and (new.approved_by, new.approved_at) is distinct from (old.approved_by, old.approved_at))
    or (old.effective_on is not null and (new.effective_on, new.review_due) is distinct from (old.effective_on, old.review_due))
    or (old.replaced_by is not null and new.replaced_by is distinct from old.replaced_by)
    or (old.reviewed_by is not null
      and (new.reviewed_by, new.reviewed_at, new.review_outcome) is distinct from (old.reviewed_by, old.reviewed_at, old.review_outcome))
    or (new.state <> old.state and (old.state, new.state) not in (('proposed', 'approved'), ('proposed', 'scheduled'),
      ('proposed', 'rejected'), ('proposed', 'withdrawn'), ('approved', 'scheduled'), ('approved', 'cancelled'),
      ('scheduled', 'cancelled'))) then
    raise exception 'a release goes its way' using errcode = 'restrict_violation', constraint = 'rule_releases_way';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger rule_releases_way before insert or update on rule_releases for each row execute function shouze_release_goes_on();
--> statement-breakpoint
create function shouze_author_is_not_approver() returns trigger language plpgsql as $$
begin
  if exists (
    select from rule_drafts draft where draft.id = new.draft and (
      draft.created_by in (new.approved_by, new.reviewed_by)
      or exists (select from rule_draft_files saved where saved.draft = draft.id and saved.saved_by in (new.approved_by, new.reviewed_by)))
  ) then
    raise exception 'whoever wrote it does not approve it' using errcode = 'check_violation', constraint = 'rule_releases_author';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger rule_releases_author before insert or update of approved_by, reviewed_by on rule_releases
  for each row execute function shouze_author_is_not_approver();
--> statement-breakpoint
-- What was proposed is what was saved: nothing is added to a draft that is not open.
create function shouze_draft_is_open() returns trigger language plpgsql as $$
begin
  if (select state from rule_drafts where id = new.draft) is distinct from 'draft' then
    raise exception 'the draft is not open' using errcode = 'restrict_violation', constraint = 'rule_draft_files_open';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger rule_draft_files_open before insert on rule_draft_files for each row execute function shouze_draft_is_open();
--> statement-breakpoint
-- A draft that was released or put aside stays so; its revisions count on.
create function shouze_draft_goes_on() returns trigger language plpgsql as $$
begin
  if new.revision < old.revision
    or (new.id, new.created_by, new.created_at) is distinct from (old.id, old.created_by, old.created_at)
    or (new.state <> old.state and (old.state, new.state) not in (('draft', 'proposed'), ('draft', 'discarded'), ('proposed', 'draft'),
      ('proposed', 'released'), ('released', 'draft'))) then
    raise exception 'a draft goes its way' using errcode = 'restrict_violation', constraint = 'rule_drafts_way';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger rule_drafts_way before update on rule_drafts for each row execute function shouze_draft_goes_on();
