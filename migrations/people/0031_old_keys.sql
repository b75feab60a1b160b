-- A key from before there were people might do everything, and the first migration gave it the
-- scopes that there were. It keeps everything with those that came since; a key that somebody made
-- with a choice of scopes keeps to its choice.
update people.key
set scopes = array(select distinct unnest(scopes || '{rights,shop,buy}'::text[]) order by 1)
where person = 'person_operator'
  and scopes @> '{films:read,films:write,feed:read,feed:write,likeness,account}'
  and created_at < (select created_at from people.person where id = 'person_operator');
