"""Forms of accounts: signing in, and changing one's own password."""

from npt.accounts.rules import SHORTEST_PASSWORD
from npt.webkit.fields import EmailField, PasswordField
from npt.webkit.forms import Form, Keywords


class SignInForm(Form[Keywords]):
    """Email address and password."""

    email = EmailField("Email address", missing="Enter your email address", autocomplete="username")
    password = PasswordField("Password", missing="Enter your password")


class PasswordForm(Form[Keywords]):
    """The present password and a new one, once: it can be shown while it is typed."""

    old_password = PasswordField("Current password", missing="Enter your current password")
    new_password = PasswordField(
        "New password",
        missing="Enter a new password",
        hint=(
            f"At least {SHORTEST_PASSWORD} characters; three or four unrelated words are easy to remember."
            " Not your email address or a common password."
        ),
        autocomplete="new-password",
    )

    def keywords(self) -> Keywords:
        """What was typed."""
        return {"old": self.old_password.value, "new": self.new_password.value}
