-- The next generation of pages without looking at all pages for the last one.
create sequence rights.seed_generation as integer;
select setval(
    'rights.seed_generation',
    coalesce((select max(generation) from rights.seed_page), 0) + 1
);
