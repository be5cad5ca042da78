"""When an edition was opened to the public; every edition so far was open from the start"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editions", sa.Column("opened", sa.BigInteger(), nullable=True))
    op.execute("UPDATE editions SET opened = made")


def downgrade() -> None:
    op.drop_column("editions", "opened")
