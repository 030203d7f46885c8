"""What runs the pipeline: the local queue of visits, the killable workers, the lock on the data directory."""
