"""The Forum Roadmap: a deliberation and roadmap platform."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from roadmap.root import Settings


def create_app(settings: "Settings") -> "Flask":
    """The application with these settings; needs no database to be there yet."""
    from flask import Flask  # slow import
    from flask_compress import Compress  # slow import

    from roadmap import schema  # slow import
    from roadmap.core import migrations  # slow import
    from roadmap.core.db import db  # slow import
    from roadmap.root import STATIC, TEMPLATES, static_mark  # slow import
    from roadmap.wiring import wire  # slow import

    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"execution_options": {"synchronous": settings.sqlite_synchronous}},
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_PARTS=1_000,
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,
        STATIC_MARK=static_mark(),
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_LEVEL=5,
        TESTING=settings.testing,
    )
    assert schema.FEATURES, "Every table is known before the first row is written."
    db.init_app(app)
    Compress(app)
    migrations.init_app(app)
    wire(app, settings)
    return app
