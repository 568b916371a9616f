"""What is done with accounts: open, close, give a password, sign in and out, keep what was sent too late."""

from npt.accounts.actions.accounts import (
    change_password,
    close_account,
    existing_account,
    open_account,
    set_password,
    want_reminders,
)
from npt.accounts.actions.kept_posts import forget_kept_post, keep_post
from npt.accounts.actions.passwords import HASHER, Hasher
from npt.accounts.actions.sessions import sign_in, sign_out, sign_out_elsewhere
from npt.accounts.actions.throttle import admit, record_failure
