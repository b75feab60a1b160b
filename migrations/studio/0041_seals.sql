-- Where a film comes from, signed: {head, skips, sha256, label}. The head is a blob that stands in
-- place of the first bytes of the video when it leaves the house.
alter table studio.film add column seal jsonb;
create index film_seal on studio.film ((seal->>'sha256')) where seal is not null;
