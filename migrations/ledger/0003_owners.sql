-- Whoever looks at what one owner holds in all kinds of accounts finds them at once.
create index account_owner on ledger.account (owner);
