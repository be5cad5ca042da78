"""The blueprint that the doors of editions share."""

from flask import Blueprint

bp = Blueprint("editions", __name__)
