"""The talk with one citizen, as values: no database, no network, no clock."""
