"""Who may do what, where: permissions, the roles that hold them, and grants on a unit. Pure."""
