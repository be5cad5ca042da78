"""Rules decided from values alone: no framework, no database, no clock, no chance from outside."""
