"""The Forum Roadmap: a deliberation and roadmap platform."""
