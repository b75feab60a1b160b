"""The steps of making a film, by subject: writing, shooting, finishing, tidying.

Every step can run twice: documents and blobs are content-addressed, takes belong to the digest of
their shot, and a film that has ended never changes again.
"""
