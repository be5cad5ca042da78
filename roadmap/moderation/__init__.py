"""Reports, decisions about texts, appeals, and what facilitators tell each other about them."""
