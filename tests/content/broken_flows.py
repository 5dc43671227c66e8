"""Broken flows and business facts, each with its report word for word."""

from tests.content.broken import Broken

ASK, CHECK, BUSINESS = "flows/after_visit.yaml", "flows/check.yaml", "business.yaml"

BROKEN_FLOWS = (
    Broken(
        "misspelt setting",
        BUSINESS,
        "  ask_delay: 2h",
        "  ask_dealy: 2h",
        (
            (
                'business.yaml:<ask_dealy>: timing.ask_dealy: "ask_dealy" is not known here; '
                'did you mean "ask_delay"?'
            ),
        ),
    ),
    Broken(
        "setting nobody knows",
        BUSINESS,
        "brand:",
        "colour: red\nbrand:",
        (
            (
                'business.yaml:<colour>: colour: "colour" is not known here; allowed: brand, '
                "phone, time_zone, branches, privacy_url, consent_url, legal_contact, "
                "phone_duty, locale, quiet_hours, timing, retention, review_pages, "
                "booking_url, permanent_link_counts, options"
            ),
        ),
    ),
    Broken(
        "missing brand",
        BUSINESS,
        'brand: "Лана"',
        "",
        ('business.yaml:1: "brand" is missing',),
    ),
    Broken(
        "number instead of text",
        BUSINESS,
        'brand: "Лана"',
        "brand: 5",
        ("business.yaml:<brand:>: brand: 5 is not text; write it in quotes",),
    ),
    Broken(
        "length of time in words",
        BUSINESS,
        "ask_delay: 2h",
        "ask_delay: 2 часа",
        (
            (
                'business.yaml:<ask_delay>: timing.ask_delay: "2 часа" is not a length of '
                "time; allowed: 90s, 10m, 2h, 2d"
            ),
        ),
    ),
    Broken(
        "time of day",
        BUSINESS,
        '"20:30"',
        '"25:30"',
        (
            (
                'business.yaml:<praise_post>: timing.praise_post: "25:30" is not a time of '
                "day; allowed: 0:00 to 23:59"
            ),
        ),
    ),
    Broken(
        "hours",
        BUSINESS,
        'hours: "10:00-21:00"',
        'hours: "10:00-25:00"',
        (
            (
                'business.yaml:<hours: "10>: branches.bauman.hours: "25:00" is not a time of '
                "day; it goes from 0:00 to 24:00"
            ),
        ),
    ),
    Broken(
        "time zone",
        BUSINESS,
        "time_zone: Europe/Moscow\n",
        "time_zone: Europe/Moskow\n",
        (
            (
                'business.yaml:<Moskow>: time_zone: "Europe/Moskow" is not a time zone; '
                "allowed: Europe/Moscow, Asia/Yekaterinburg …"
            ),
        ),
    ),
    Broken(
        "notice longer than deadline",
        BUSINESS,
        "late_notice: 3m",
        "late_notice: 40m",
        (
            (
                "business.yaml:<late_notice>: timing.late_notice: late_notice must be shorter "
                "than reply_within"
            ),
        ),
    ),
    Broken(
        "telephone",
        BUSINESS,
        '"+7 843 000-00-00"',
        '"позвоните"',
        (
            (
                'business.yaml:<phone:>: phone: "позвоните" is not a telephone number; '
                "allowed: +7 843 000-00-00"
            ),
        ),
    ),
    Broken(
        "key twice",
        BUSINESS,
        "quiet_hours:",
        "locale: en\nquiet_hours:",
        ('business.yaml:<locale: en>: "locale" is written twice, first on line 8',),
    ),
    Broken(
        "anchor",
        BUSINESS,
        "phone: ",
        "phone: &phone ",
        ("business.yaml:<&phone>: anchors (& and *) are not used here; write it out",),
    ),
    Broken(
        "dangling step",
        ASK,
        "    go: praise_heard",
        "    go: praise_herd",
        (
            (
                'flows/after_visit.yaml:<praise_herd>: steps.praise.go: "praise_herd" is not a '
                'step of this flow; did you mean "praise_heard"?'
            ),
            ("flows/after_visit.yaml:<  praise_heard:>: steps.praise_heard: no step leads here"),
        ),
    ),
    Broken(
        "no branch for a mark",
        ASK,
        "3: topic, 1-2: sorry",
        "3: topic, 1: sorry",
        ("flows/after_visit.yaml:<5: praise>: steps.ask.go: no step after 2",),
    ),
    Broken(
        "branch for no answer",
        ASK,
        "3: topic, 1-2: sorry",
        "3: topic, 1-2: sorry, words: sorry",
        (
            (
                'flows/after_visit.yaml:<5: praise>: steps.ask.go.words: "words" is not an '
                "answer to this step; allowed: 1, 2, 3, 4, 5"
            ),
        ),
    ),
    Broken(
        "unknown start",
        ASK,
        "start: ask",
        "start: asc",
        (
            (
                'flows/after_visit.yaml:<start: asc>: start: "asc" is not a step of this flow; '
                "allowed: ask, praise, praise_heard, better, better_heard, topic, "
                "promise_only, sorry, no_words, promise"
            ),
        ),
    ),
    Broken(
        "loop",
        ASK,
        "    say: rate.5.thanks_sent",
        "    say: rate.5.thanks_sent\n    go: praise_heard",
        (
            (
                "flows/after_visit.yaml:<  praise_heard:>: steps.praise_heard: a loop that "
                "never asks: praise_heard → praise_heard"
            ),
        ),
    ),
    Broken(
        "misspelt text in a flow",
        ASK,
        "say: rate.low",
        "say: rate.lov",
        (
            (
                "flows/after_visit.yaml:<rate.lov>: steps.sorry.say: there is no text "
                '"rate.lov"; did you mean "rate.low"?'
            ),
        ),
    ),
    Broken(
        "misspelt button in a flow",
        CHECK,
        "buttons: [yes, no]\n    go: {yes",
        "buttons: [yse, no]\n    go: {yse",
        ('flows/check.yaml:<yse>: steps.ask.buttons: there is no button "yse"',),
    ),
    Broken(
        "two flows for a visit",
        CHECK,
        "trigger: check",
        "trigger: visit",
        (
            "flows/: no flow has the trigger check",
            (
                'flows/check.yaml:<trigger: visit>: trigger: "visit" already begins the flow '
                "in flows/after_visit.yaml"
            ),
        ),
    ),
    Broken(
        "case word",
        ASK,
        "case: open_on_answer",
        "case: open_on_anser",
        (
            (
                'flows/after_visit.yaml:<open_on_anser>: steps.topic.case: "open_on_anser" is '
                'not a thing to do with a case; did you mean "open_on_answer"?'
            ),
        ),
    ),
)
