"""The languages that somebody reads; none as long as nothing was said"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("reads", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("accounts", "reads")
