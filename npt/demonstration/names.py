"""Names of people who do not exist, put together from those that families of the county have."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple


class _Origin(NamedTuple):
    """Given names and family names that go together, and how many in a hundred people have them."""

    share: int
    given: str
    family: str


_ORIGINS = (
    _Origin(
        60,
        """Aaron Abigail Adam Aidan Alan Alice Amanda Amy Andrew Angela Anthony Benjamin Bethany Brian Bridget
        Callum Caroline Catherine Charlotte Chloe Christine Ciara Claire Colin Conor Daniel David Dawn Deborah
        Derek Duncan Edward Elaine Eleanor Emily Emma Fiona Frank Gareth Gemma George Grace Graham Hannah
        Harriet Hayley Heather Helen Jack Jade James Jennifer Joanne John Jonathan Joseph Joyce Julie Karen
        Keith Kelly Kerry Kevin Kieran Kirsty Laura Lauren Lesley Liam Linda Lorraine Louise Lucy Luke Mark
        Matthew Megan Michael Michelle Naomi Natalie Nathan Neil Nicola Nigel Oliver Owen Patrick Paul Paula
        Peter Philip Rachel Rebecca Rhys Richard Robert Russell Ruth Ryan Samantha Sandra Sarah Sean Sharon
        Shaun Simon Sophie Stephen Stuart Susan Thomas Tracey Valerie Victoria Wayne Wendy William Zoe""",
        """Abbott Anderson Ashby Atkins Barrett Bennett Birch Bonner Bradbury Brady Broughton Burrows Byrne
        Chambers Clayton Coleman Crawford Croft Cunningham Dawson Deacon Dixon Doherty Doyle Duffy Eastwood
        Ellis Farrow Faulkner Fletcher Fowler Franklin Garner Goddard Graham Greaves Hale Hammond Harding Hart
        Hobbs Holt Hughes Hutton Inskip Jarvis Kaye Keane Knight Lawson Leonard Lowe Lynch Marlow Marsh
        Mason Mayhew McCarthy McKenzie Mills Moran Morgan Murray Newbury Nolan Pearce Perkins Pollard Powell
        Quinn Rafferty Reilly Robson Rowe Ryder Sanders Shaw Shepherd Sinclair Slater Stevens Thorpe Thurley
        Tomlinson Underwood Vaughan Wade Walsh Warner Webster Welch Wilkes Willis Woodward Wright""",
    ),
    _Origin(
        17,
        """Abdul Aisha Amina Amir Asif Bilal Faisal Farah Fatima Haroon Hassan Ibrahim Imran Kamran Khalid
        Laila Mariam Nadia Noor Omar Rukhsana Saima Samir Shabnam Tahir Tariq Uzma Yasmin Yusuf Zainab""",
        """Afzal Ahmad Akhtar Aziz Begum Chaudhry Chowdhury Hossain Hussain Iqbal Islam Khan Khatun Mahmood
        Malik Miah Nawaz Qureshi Rahman Raja Rana Saleem Siddiqui Uddin Zaman""",
    ),
    _Origin(
        8,
        """Anita Arjun Asha Harpreet Jagdeep Jasmine Kavita Manjit Meera Nikhil Priya Rahul Ravi Sanjay
        Suresh Vijay""",
        """Bains Desai Dhillon Gill Gupta Joshi Kapoor Kaur Mann Mehta Mistry Parmar Patel Sharma Singh
        Solanki""",
    ),
    _Origin(
        8,
        """Carla Devon Ebony Esther Grace Isaac Jamal Jerome Kwame Leon Lydia Marlon Monica Patience Samuel
        Tamara Winston""",
        """Adeyemi Agyeman Appiah Asante Boateng Campbell Forde Francis Grant Mensah Ncube Njoroge Obi Okafor
        Osei Owusu Samuels Yeboah""",
    ),
    _Origin(
        7,
        """Aleksander Anna Antonio Beata Carlos Daniela Elena Ewa Giovanni Ivan Katarzyna Lucia Magda Maria
        Piotr Rafal Rosa Sofia Tomasz""",
        """Amato Caruso Conti Costa Dabrowski Esposito Ferrara Gallo Janowski Kaminski Lewandowski Lombardi
        Marchetti Moretti Nowak Pereira Ricci Santos Silva Szymanski Varga Wojcik Zielinski""",
    ),
)


def names(chance: Random) -> Iterator[str]:
    """Full names in an order of chance, none twice, for some thousands of people."""
    given = [origin.given.split() for origin in _ORIGINS]
    family = [origin.family.split() for origin in _ORIGINS]
    shares = [origin.share for origin in _ORIGINS]
    told: set[str] = set()
    while True:
        (origin,) = chance.choices(range(len(_ORIGINS)), shares)
        name = f"{chance.choice(given[origin])} {chance.choice(family[origin])}"
        if name not in told:
            told.add(name)
            yield name
