"""Broken texts and catalogues, each with its report word for word."""

from tests.content.broken import Broken

GIFTS, TEXTS = "gifts.yaml", "texts/ru.yaml"

BROKEN_TEXTS = (
    Broken(
        "bare brace",
        TEXTS,
        '"{guest}: {phone}, {call_consent}"',
        "{guest}: {phone}",
        (("texts/ru.yaml:<  staff.call: >: a text that begins with { or [ must stand in quotes"),),
    ),
    Broken(
        "unknown variable",
        TEXTS,
        "Это «{brand}». {visit_when_cap}",
        "Это «{brnad}». {visit_when_cap}",
        (
            (
                "texts/ru.yaml:<  ask.salon:>: texts.ask.salon: {brnad} is not a variable; did "
                'you mean "{brand}"?'
            ),
        ),
    ),
    Broken(
        "unclosed piece",
        TEXTS,
        "{place} «{branch}»]]. Всё ли",
        "{place} «{branch}». Всё ли",
        ("texts/ru.yaml:<  ask.qr:>: texts.ask.qr: [[ without its ]] on the same line",),
    ),
    Broken(
        "tag Telegram does not know",
        TEXTS,
        "<b>{guest}</b>",
        "<big>{guest}</big>",
        ("texts/ru.yaml:<  staff.card:>: texts.staff.card: Telegram knows no tag <big>",),
    ),
    Broken(
        "tag left open",
        TEXTS,
        "<b>{guest}</b>",
        "<b>{guest}",
        ("texts/ru.yaml:<  staff.card:>: texts.staff.card: <b> is not closed",),
    ),
    Broken(
        "misspelt key of a text",
        TEXTS,
        "  ack.no_words:",
        "  ack.no_wrods:",
        (
            (
                "flows/after_visit.yaml:<say: ack.no_words>: steps.no_words.say: there is no "
                'text "ack.no_words"; did you mean "ack.no_wrods"?'
            ),
            (
                'texts/ru.yaml:<texts:>: texts: the text "ack.no_words" is missing (there is '
                '"ack.no_wrods" instead)'
            ),
            (
                "texts/ru.yaml:<ack.no_wrods>: warning: texts.ack.no_wrods: nobody asks for "
                "this text"
            ),
        ),
    ),
    Broken(
        "long label",
        TEXTS,
        '"Беру"',
        '"Беру это обращение себе и отвечаю на него сам до самого конца смены"',
        (
            (
                "texts/ru.yaml:<  take:>: buttons.take: 67 characters with the values put in, "
                "at most 64 fit"
            ),
        ),
    ),
    Broken(
        "long toast",
        TEXTS,
        '"Не отправили."',
        (
            '"Не отправили. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. '
            "Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. "
            "Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. "
            'Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. Очень. "'
        ),
        (
            (
                "texts/ru.yaml:<  staff.toast.reply_stopped:>: "
                "texts.staff.toast.reply_stopped: 293 characters with the values put in, at "
                "most 200 fit"
            ),
        ),
    ),
    Broken(
        "phrase with a wrong slot",
        TEXTS,
        '"завтра до {time}"',
        '"завтра до {tim}"',
        (
            (
                "texts/ru.yaml:<{tim}>: phrases.phrase.until_tomorrow: {tim} is not a "
                'variable; did you mean "{time}"?'
            ),
        ),
    ),
    Broken(
        "topic without its phrase",
        GIFTS,
        ', about: "про своё самочувствие"',
        "",
        ('gifts.yaml:<id: burn>: topics.7: "about" is missing',),
    ),
    Broken(
        "no topic other",
        GIFTS,
        '{id: other, title: "Другое", sev',
        '{id: rest, title: "Другое", sev',
        (
            (
                'gifts.yaml:<topics:>: topics: a topic with the id "other" is needed: it '
                "stands when none is chosen"
            ),
        ),
    ),
    Broken(
        "unknown role",
        GIFTS,
        "by: administrator, sev: [1], fits: [wait",
        "by: administrater, sev: [1], fits: [wait",
        (
            (
                'gifts.yaml:<administrater>: offers.2.by: "administrater" is not a role; did '
                'you mean "administrator"?'
            ),
        ),
    ),
    Broken(
        "unknown topic of an offer",
        GIFTS,
        "fits: [wait, booking]",
        "fits: [wait, bookings]",
        (
            (
                'gifts.yaml:<bookings>: offers.2.fits.1: "bookings" is not a topic; did you '
                'mean "booking"?'
            ),
        ),
    ),
    Broken(
        "amount in words",
        GIFTS,
        "value: 700, cost: 80",
        "value: 700, cost: много",
        (
            (
                'gifts.yaml:<cost: много>: offers.2.cost: "много" is not an amount; allowed: '
                "1200, 99.50"
            ),
        ),
    ),
    Broken(
        "offer twice",
        GIFTS,
        "id: bs11",
        "id: bs01",
        ('gifts.yaml:<экспресс>: offers.1: the id "bs01" is there twice',),
    ),
    Broken(
        "new role without a button",
        GIFTS,
        "  manager:\n",
        (
            "  senior:\n    title: старший\n    limits: {case_cost: 1, case_value: 1, "
            "day_cost: 1}\n  manager:\n"
        ),
        ('texts/ru.yaml:<buttons:>: buttons: the button "join_as.senior" is missing',),
    ),
    Broken(
        "gift that costs too much",
        GIFTS,
        "cost: 150",
        "cost: 1000",
        (
            (
                'gifts.yaml:<cost: 1000>: warning: offers.0.cost: the gift "Уход-комплимент" '
                "is worth less than 2 times what it costs you"
            ),
        ),
    ),
    Broken(
        "stem too short",
        GIFTS,
        "stems: [ожог,",
        "stems: [о,",
        (
            (
                'gifts.yaml:<stems: [о,>: health_words.stems.0: "о" is too short: half of all '
                "words begin like this"
            ),
        ),
    ),
)
