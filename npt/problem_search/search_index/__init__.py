"""The terms of problem records, kept by the database's own full-text search, in step with what is written."""

from npt.problem_search.search_index.settle import TERMS_KEPT, register, settle, terms_meant, write_terms
