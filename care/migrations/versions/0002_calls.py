"""calls; who wants to be spoken to louder"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the database to this revision."""
    op.create_table('call',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('line', sa.String(length=10), nullable=False),
    sa.Column('direction', sa.String(length=3), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('began', sa.DateTime(), nullable=False),
    sa.Column('ended', sa.DateTime(), nullable=True),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('audio', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call'))
    )
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_began'), ['began'], unique=False)
        batch_op.create_index('ix_call_phone_began', ['phone', 'began'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('loud', sa.Boolean(), nullable=False, server_default=sa.false()))



def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('loud')

    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.drop_index('ix_call_phone_began')
        batch_op.drop_index(batch_op.f('ix_call_began'))

    op.drop_table('call')
