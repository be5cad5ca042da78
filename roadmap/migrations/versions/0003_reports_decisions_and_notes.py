"""Reports, decisions with their appeals, and notes among facilitators"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('decisions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('rule', sa.String(length=20), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('appeal', sa.Text(), nullable=False),
    sa.Column('appealed', sa.BigInteger(), nullable=True),
    sa.Column('appeal_outcome', sa.String(length=10), nullable=False),
    sa.Column('appeal_answer', sa.Text(), nullable=False),
    sa.Column('appeal_by', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('appeal_answered', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("appeal_outcome IN ('', 'upheld', 'reversed')", name=op.f('ck_decisions_appeal_outcome')),
    sa.CheckConstraint("outcome IN ('leave', 'ask', 'hide', 'warn', 'restore')", name=op.f('ck_decisions_outcome')),
    sa.CheckConstraint('(proposal_id IS NULL) <> (comment_id IS NULL)', name=op.f('ck_decisions_about_one')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_decisions_comment_id')),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_decisions_edition_id')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_decisions_proposal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions'))
    )
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decisions_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index('ix_decisions_edition_id_at', ['edition_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_decisions_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('facilitator_notes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(proposal_id IS NULL) <> (comment_id IS NULL)', name=op.f('ck_facilitator_notes_about_one')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_facilitator_notes_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_facilitator_notes_comment_id')),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_facilitator_notes_edition_id')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_facilitator_notes_proposal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_facilitator_notes'))
    )
    with op.batch_alter_table('facilitator_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_facilitator_notes_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_facilitator_notes_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('reports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('reporter_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('rule', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made', sa.BigInteger(), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.CheckConstraint('(proposal_id IS NULL) <> (comment_id IS NULL)', name=op.f('ck_reports_about_one')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_reports_comment_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_reports_decision_id')),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_reports_edition_id')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_reports_proposal_id')),
    sa.ForeignKeyConstraint(['reporter_id'], ['accounts.id'], name=op.f('fk_reports_reporter_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports'))
    )
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reports_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reports_edition_id'), ['edition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reports_proposal_id'), ['proposal_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reports_proposal_id'))
        batch_op.drop_index(batch_op.f('ix_reports_edition_id'))
        batch_op.drop_index(batch_op.f('ix_reports_comment_id'))

    op.drop_table('reports')
    with op.batch_alter_table('facilitator_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_facilitator_notes_proposal_id'))
        batch_op.drop_index(batch_op.f('ix_facilitator_notes_comment_id'))

    op.drop_table('facilitator_notes')
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decisions_proposal_id'))
        batch_op.drop_index('ix_decisions_edition_id_at')
        batch_op.drop_index(batch_op.f('ix_decisions_comment_id'))

    op.drop_table('decisions')
