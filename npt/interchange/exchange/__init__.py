"""Files in the words of other systems: profiles and calendars, in; London's published layout, out."""

from npt.interchange.exchange.calendars import TakenCalendar, is_calendar, read_calendar, take_calendar
from npt.interchange.exchange.london import DESCRIBED_EXPORTS, EXPORTS
from npt.interchange.exchange.profiles import profile_text, read_profile
from npt.interchange.exchange.translation import under_profile
