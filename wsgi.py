"""The application as a server starts it."""

from roadmap import create_app
from roadmap.root import Settings

application = create_app(Settings.from_env())
