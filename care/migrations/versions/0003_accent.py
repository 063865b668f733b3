"""who wants to be spoken to in Cantonese"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the database to this revision."""
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('accent', sa.String(length=3), nullable=False, server_default=''))


def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('accent')
