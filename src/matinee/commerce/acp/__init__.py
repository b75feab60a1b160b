"""The Agentic Commerce Protocol over the same checkout: a face, with rules of its own for requests.

headers ▶ key ▶ the version that is spoken ▶ once ▶ ``checkout`` ▶ the protocol's words. Versions
2026-04-17 and 2026-01-30 (https://github.com/agentic-commerce-protocol/agentic-commerce-protocol).

Invariants: a request that names itself is carried out once, in the transaction of its effect; an
answer is valid by the protocol's schemas; where a sale came from is written and never shown again.
"""
