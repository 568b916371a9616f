"""Forms of accounts: signing in, and changing one's own password."""

from dataclasses import dataclass

from npt.accounts.rules import SHORTEST_PASSWORD
from npt.webkit.fields import EmailField, PasswordField
from npt.webkit.forms import Form


@dataclass(frozen=True)
class Credentials:
    """What a person signs in with."""

    email: str
    password: str


class SignInForm(Form[Credentials]):
    """Email address and password."""

    email = EmailField("Email address", missing="Enter your email address", autocomplete="username")
    password = PasswordField("Password", missing="Enter your password")

    def value(self) -> Credentials:
        """What was typed."""
        return Credentials(self.email.value, self.password.value)


@dataclass(frozen=True)
class NewPassword:
    """A change of one's own password."""

    old: str
    new: str


class PasswordForm(Form[NewPassword]):
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

    def value(self) -> NewPassword:
        """What was typed."""
        return NewPassword(self.old_password.value, self.new_password.value)
