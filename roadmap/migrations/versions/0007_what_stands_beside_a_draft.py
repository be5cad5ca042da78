"""What stands beside a draft, signals of manipulation, and accounts under review"""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('drafts', sa.Column('comparison', sa.Text(), nullable=True))
    op.create_table('account_reviews',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('ended', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_account_reviews_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_account_reviews_edition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_reviews'))
    )
    op.create_index(op.f('ix_account_reviews_account_id'), 'account_reviews', ['account_id'], unique=False)
    op.create_index(op.f('ix_account_reviews_edition_id'), 'account_reviews', ['edition_id'], unique=False)
    op.create_table('signal_reports',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('made', sa.BigInteger(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_signal_reports_edition_id')),
    sa.PrimaryKeyConstraint('edition_id', name=op.f('pk_signal_reports'))
    )


def downgrade() -> None:
    op.drop_table('signal_reports')
    op.drop_index(op.f('ix_account_reviews_edition_id'), table_name='account_reviews')
    op.drop_index(op.f('ix_account_reviews_account_id'), table_name='account_reviews')
    op.drop_table('account_reviews')
    op.drop_column('drafts', 'comparison')
