"""`npt import` and `npt export`: the kinds of file that docs/files.md describes, in and out."""

from npt.commands.files.exports import export
from npt.commands.files.imports import import_file
from npt.commands.files.kinds import EXPORTS, IMPORTS, ending_of, write_kind
from npt.commands.files.whole_files import ImportRefused, TakenIn, take_in

COMMANDS = [import_file, export]
