"""What organisers do with drafts."""

from roadmap.drafts.manage import compiling, editing
from roadmap.drafts.views import bp

__all__ = ["bp", "compiling", "editing"]
