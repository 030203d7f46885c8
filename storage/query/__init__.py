"""The query language: one for search, rules, saved queries and the interface.

A query is read once (``parse``) into nodes (``nodes``), and asked in two ways: of the store (``sql``) and of one
article in memory (``predicate``, and ``query_set`` for many queries at once). Both give the same answer. What a word
is, ``letters`` says for both.
"""
