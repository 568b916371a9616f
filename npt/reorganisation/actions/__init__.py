"""What is done in a review of boundaries. Nothing here commits; every refusal is named."""

from npt.reorganisation.actions.network import names_are_shown
from npt.reorganisation.actions.reviewing import CARRIERS, Hanging, carry_out, hanging
from npt.reorganisation.actions.scene import ENDS, STAYS, Carrier, Chosen, Line, Option, Scene, code_in, to
