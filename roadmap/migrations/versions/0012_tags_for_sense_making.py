"""Tags by which facilitators gather proposals: their names on the edition, their numbers on proposals"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("editions", "proposals"):
        op.add_column(table, sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    for table in ("proposals", "editions"):
        op.drop_column(table, "tags")
