"""Korea's public holidays as an iCalendar file on stdout: holiday_file.py FIRST LAST.

One event a day, so that each is easy to switch off. Run by deploy/holidays.sh, which has what it needs.
"""

import datetime
import sys

import holidays

ADVICE = (
    "To switch a day off write STATUS:CANCELLED instead of STATUS:CONFIRMED in its event or delete the event from "
    "BEGIN to END. For part of a day use `except` in the configuration. Made by deploy/holidays.sh."
)


def folded(line):
    """Lines of at most 75 bytes, as RFC 5545 section 3.1 wants them, cut between characters."""
    part = ""
    for character in line:
        if len((part + character).encode()) > 75:
            yield part
            part = " "
        part += character
    yield part


def text(words):
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def lines(first, last):
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Sangdam//holiday_file.py//KO"
    yield f"X-WR-CALNAME:대한민국 공휴일 {first}-{last}"
    yield "X-WR-CALDESC:" + text(ADVICE)
    days = holidays.country_holidays("KR", years=range(first, last + 1), language="ko")
    for day, name in sorted(days.items()):
        yield "BEGIN:VEVENT"
        yield f"UID:{day:%Y%m%d}@holidays-kr.sangdam"
        yield f"DTSTAMP:{first}0101T000000Z"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}"
        yield "SUMMARY:" + text(name)
        yield "STATUS:CONFIRMED"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def main():
    first, last = int(sys.argv[1]), int(sys.argv[2])
    for line in lines(first, last):
        for part in folded(line):
            sys.stdout.buffer.write(part.encode() + b"\r\n")


main()
