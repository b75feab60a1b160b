"""The toolbox at the foot of the staircase: it knows no domain, and every domain may use it.

It is entered by module, each a namespace of its own::

    from matinee.kit import errors, ids, money

========= ==================================================================================
module    holds
========= ==================================================================================
errors    the one tree of errors and its five kinds
money     whole minor units, and millionths of them for shares
clock     the time of the world, real or set by hand
ids       prefixed ids that sort by time
settings  what the operator chose, read once
logs      structured logs
locks     one holder of a file among all processes of the machine
plain     what may be stored or sent, because JSON can say it
postgres  the embedded PostgreSQL server: start, join, survive
db        one transaction a request or step, plain SQL migrations
events    what a lower package tells a higher one, recorded in the caller's transaction
durable   jobs that outlive the process: workflows, steps, progress, cancelling, schedules
blobs     content-addressed files, on disk or in a bucket
========= ==================================================================================

Invariants: importing reads no environment and touches no disk; nothing here commits but
``db.transaction``; whatever is stored is plain JSON, text, numbers or bytes, never a pickle.
"""
