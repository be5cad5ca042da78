"""People: accounts, sign-ins, guests, roles, declarations."""
