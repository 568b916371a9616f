"""The process that makes a PDF: HTML comes in, a tagged PDF goes out, and all that it took ends with it.

Started by `npt.packs.printing`; it takes nothing from disk or network but what stands in the page.
"""

import resource
import sys

#: What one PDF may take: bytes of address space, and seconds of the processor.
MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 60


def main() -> None:
    """Read HTML, write a PDF."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=["data"])
    page = HTML(string=sys.stdin.buffer.read().decode("utf-8"), url_fetcher=fetcher)
    sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))
