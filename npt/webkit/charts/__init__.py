"""The geometry of charts, worked out before the page so that templates only draw.

Across the page everything is a percentage of the width ("12.50%"): the SVG needs no view box, so words in it
keep their size at every width and no style has to be computed in the browser. Down the page it is in pixels.
Bars hold no words: they lie in an SVG of their own that is stretched to the width.
"""

from npt.webkit.charts.before_after import (
    BeforeAfter,
    MonthBar,
    RatioLine,
    before_after,
    ratio_line,
)
from npt.webkit.charts.expected import HeardBars, HeardFigure, heard_bars
from npt.webkit.charts.limits import LimitsChart, LimitsLines, LimitsPoint, limits_chart
from npt.webkit.charts.months import BAR_WIDTH, MonthFigure, SmallTrend, Trend, small_multiple, trend
from npt.webkit.charts.strips import (
    Away,
    DayStrip,
    HeadroomBar,
    HourAxis,
    across,
    headroom_bar,
    hour_axis,
)
