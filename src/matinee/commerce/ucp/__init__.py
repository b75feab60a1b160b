"""The Universal Commerce Protocol over the same checkout, by its REST binding.

profile ▶ session ▶ ``checkout`` ▶ the protocol's words (https://ucp.dev). Requests are kept and
refused by the same rules as those of ``acp``; only the words are others.
"""
