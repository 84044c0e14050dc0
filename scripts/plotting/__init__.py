"""Pictures of a comparison of exit strategies, from a result file."""
