"""The shape of what the figures show of a problem, in the words of OpenAPI."""

from npt.api.schema_parts import COUNT, DAY, Schema, object_of, or_null, text_of

_WINDOW = object_of({"from": DAY, "to": DAY, "count": COUNT})
_PAIR = object_of({"before": COUNT, "after": COUNT})
_RATIO = {
    name: text_of("Four decimals; null where there is none.", is_known=False)
    for name in ("ratio", "low", "high")
}
_PREVENTED = object_of(
    {
        "difference": {"type": "integer"},
        "variance": COUNT,
        "z": text_of("Three decimals."),
        "low": text_of("Two decimals."),
        "high": text_of("Two decimals."),
    }
)

FIGURES: Schema = object_of(
    {
        "counted": {
            "type": "boolean",
            "description": "From incidents; else entered by somebody.",
        },
        "kept": {"type": "boolean", "description": "As they were when the problem was closed."},
        "bearing": text_of("shown, not-shown or not-judged.", is_known=False),
        "before": or_null(_WINDOW),
        "after": or_null(_WINDOW),
        "elsewhere_counts": or_null(_PAIR),
        "around_counts": or_null(_PAIR),
        "change": or_null(
            object_of(
                {
                    **_RATIO,
                    "p": text_of("Four decimals."),
                    "changed": {"type": ["boolean", "null"]},
                    "elsewhere": or_null(object_of({**_RATIO, "prevented": or_null(_PREVENTED)})),
                    "method": text_of(),
                }
            )
        ),
    }
)
