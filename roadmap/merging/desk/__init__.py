"""Doors of the desk for proposals that say the same: what waits, the workbench, undoing; and splitting."""

from roadmap.merging.desk import bench as bench
from roadmap.merging.desk import splitting as splitting
from roadmap.merging.desk import undoing as undoing
from roadmap.merging.desk import waiting as waiting
from roadmap.merging.desk.blueprint import bp as bp
