"""Files of data protection: the list of erasures, and what is held on somebody, for them."""

from npt.data_protection.exchange.access_request import write_access_request
from npt.data_protection.exchange.erasure_list import (
    Listed,
    UnusableList,
    check_readable,
    listed_in,
    read_list,
    take_in,
    write_list,
)
