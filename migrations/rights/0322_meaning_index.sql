-- Only the nearest descriptions are measured against what is usual for them.
create index meaning_near on rights.meaning using hnsw (direction vector_cosine_ops);
