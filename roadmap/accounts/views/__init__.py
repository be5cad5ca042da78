"""Doors of accounts: coming in, mailed links, one's own pages, what keeps an account safe."""

from roadmap.accounts.views import data as data
from roadmap.accounts.views import entering as entering
from roadmap.accounts.views import links as links
from roadmap.accounts.views import own as own
from roadmap.accounts.views import safety as safety
from roadmap.accounts.views.blueprint import bp as bp
