create index statement_owner on ledger.statement (owner, issued_at);
