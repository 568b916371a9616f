"""Permissions, the roles that hold them, grants on a unit, and shares with partners."""

from npt.access.rules.permissions import Permission
from npt.access.rules.roles import HOLDS, ONLOOKERS, SUPERVISING, Role
from npt.access.rules.scopes import Open, Scope, SignedIn, Viewer, may, reach
from npt.access.rules.share_levels import ShareLevel
