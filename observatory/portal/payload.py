"""What the browser draws an interactive chart from: the figure as JSON, nothing that the page does not show."""

from typing import Any

from observatory.indicators.figures import Figure
from observatory.portal.selectors import outline_files


def chart_payload(found: Figure) -> dict[str, Any]:
    """Rows, answers of the whole, legend and the addresses of the outlines."""
    files = outline_files(found)
    return {
        "indicator": found.code,
        "title": found.title,
        "unit": found.unit,
        "level": found.level.code,
        "slice": found.slice.key,
        "period": found.period,
        "sentence": found.words.sentence,
        "release": {
            "id": found.release.id,
            "number": found.release.number,
            "released_on": found.release.released_on.isoformat(),
        },
        "rows": [
            {
                "code": row.code,
                "name": row.name,
                "value": row.value,
                "text": row.text,
                "status": row.status,
                "class": row.css_class,
            }
            for row in found.rows
        ],
        "answers": [
            {"key": bar.key, "label": bar.label, "value": bar.value, "text": bar.text} for bar in found.bars
        ],
        "legend": [{"class": one.css_class, "label": one.label} for one in found.legend],
        "geometry": {"url": files.url, "light_url": files.light_url} if files else None,
    }
