"""Knowledge as files that people edit: read with every problem named, written to read the same.

Where entries are kept and what is answered with them is not known here.
"""

from knowledge.files.export import write_entries
from knowledge.files.reading import Loaded, read_entries, read_faq, read_files

__all__ = ["Loaded", "read_entries", "read_faq", "read_files", "write_entries"]
