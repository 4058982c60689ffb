"""The desk: what the mayor, the agencies and the triage team see and do."""
