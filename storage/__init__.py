"""What outlives the process: tables, queries, the outbox. Imports nothing of ours."""
