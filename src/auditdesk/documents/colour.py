"""The colour space that papers are made for."""

from __future__ import annotations

from functools import cache

from PIL import ImageCms

DATE_TIME = slice(24, 36)  # ICC.1:2022, 7.2: the profile's own date, in its header
# 2021-01-01 00:00:00: a fixed date, so that equal papers are equal bytes.
FIXED_DATE = bytes.fromhex("07e500010001000000000000")


@cache
def srgb_profile() -> bytes:
    """The ICC profile of sRGB (IEC 61966-2-1)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[DATE_TIME] = FIXED_DATE
    return bytes(profile)
