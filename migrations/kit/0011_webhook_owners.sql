-- Whose an endpoint is: empty for the house's own, which are told of everything; anybody else's are
-- told of what is theirs.
alter table kit.webhook_endpoint add column owner text not null default '';
create index webhook_endpoint_owner on kit.webhook_endpoint (owner);
