"""Secret codes in words: what a participant keeps to follow what they gave, or to resume a draft.

Four words out of 512 and two digits: 42.6 bits, guessed only through throttled pages. A receipt's code is
derived from the sender's random key under the secret key, so that sending twice gives the same code
although only its keyed hash is stored. Changing SECRET_KEY makes every code given before unusable.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata

from django.conf import settings

from core.words import WORDS

WORD_COUNT = 4
INDEX = {word: position for position, word in enumerate(WORDS)}
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
MAX_TYPED = 200


def new_code() -> str:
    """A random code."""
    return spell(secrets.token_bytes(32))


def derive_code(purpose: str, seed: str, *, attempt: int = 0) -> str:
    """The one code of `seed` for `purpose`; `attempt` gives another when two seeds collide."""
    return spell(keyed_digest(f"code:{purpose}", f"{attempt}:{seed}"))


def spell(digest: bytes) -> str:
    """A code from at least 16 random bytes, in canonical form: `lilas-cerise-canard-pinson-42`."""
    number = int.from_bytes(digest[:16])
    words = []
    for _position in range(WORD_COUNT):
        number, index = divmod(number, len(WORDS))
        words.append(WORDS[index])
    return "-".join([*words, f"{number % 100:02d}"])


def hash_code(purpose: str, code: str) -> str:
    """What is stored of a code: useless without SECRET_KEY, different for each purpose."""
    return keyed_digest(f"hash:{purpose}", code).hex()


def keyed_digest(purpose: str, message: str) -> bytes:
    key = hashlib.sha256(f"core.receipts:{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return hmac.digest(key, message.encode("utf-8", "replace"), "sha256")


def normalise_code(typed: str) -> str | None:
    """The canonical code meant by what was typed, or None when it cannot be one.

    Case, accents, separators and one slip by word (a letter more, less, wrong or swapped) are forgiven.
    """
    plain = unicodedata.normalize("NFKD", typed[:MAX_TYPED].lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parts = re.findall(r"[a-z]+|[0-9]+", plain)
    words = [nearest_word(part) for part in parts if part.isalpha()]
    digits = "".join(part for part in parts if part.isdigit())
    if len(words) != WORD_COUNT or None in words or len(digits) != 2 or not parts[-1].isdigit():
        return None
    return "-".join([*(word for word in words if word), digits])


def nearest_word(part: str) -> str | None:
    """The word itself, or the only one at one slip."""
    if part in INDEX:
        return part
    if not 3 <= len(part) <= 14:
        return None
    found = slips(part) & INDEX.keys()
    return next(iter(found)) if len(found) == 1 else None


def slips(part: str) -> frozenset[str]:
    """Everything one keystroke away."""
    cuts = [(part[:index], part[index:]) for index in range(len(part) + 1)]
    return frozenset(
        [
            *(left + right[1:] for left, right in cuts if right),
            *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
            *(left + letter + right[1:] for left, right in cuts if right for letter in ALPHABET),
            *(left + letter + right for left, right in cuts for letter in ALPHABET),
        ]
    )


def format_code(code: str) -> str:
    """The code as it is shown and read aloud: `lilas cerise canard pinson 42`."""
    return code.replace("-", " ")
