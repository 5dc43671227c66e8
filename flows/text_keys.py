"""Which texts and labels the product asks for by name, and where they must be short. No sentences.

Texts that flows name (`say: …`) are checked where they are named. What is OPTIONAL belongs to
settings that may be off; a key in neither list that no flow says is pointed out to the owner.
"""

from collections.abc import Mapping

from flows import money_keys, talk_keys

# Texts of these are read by people of the business, in its language; all others by customers.
_OF_THE_BUSINESS = ("lint.", "staff.", "join.", "setup.", "owner.", "try.", "dialog.", "find.")

TEXT_MOST = 4096
CAPTION_MOST = 1024
TOAST_MOST = 200
LABEL_MOST = 64


def _keys(groups: Mapping[str, str]) -> frozenset[str]:
    return frozenset(
        f"{group}.{name}" if group else name
        for group, names in groups.items()
        for name in names.split()
    )


_AT_THE_COUNTER = _keys(
    {
        "voucher": (
            "which own staff redeemed toast_redeemed toast_ended toast_undone toast_role "
            "toast_extended toast_revoked"
        )
    }
)


def is_for_staff(key: str) -> bool:
    """True for a text that people of the business read."""
    return key.startswith(_OF_THE_BUSINESS) or key in _AT_THE_COUNTER


TEXTS = talk_keys.TEXTS | _keys(
    {
        "privacy": ("line main export withdrawn erase_confirm erased nothing phone_gone"),
        "consent": "regular agreed declined ask first_declined",
        "start": "plain early",
        "phone": "ask bad thanks answer_here",
        "call": "accepted",
        "ask": "link_used link_unknown already_answered old_button",
        "tell": "topic file_too_big other_media",
        "ack": "wish_line wish_saved unassigned open no_words closed_hours urgent severe taken",
        "ack.urgent": "nobody",
        "ack.severe": "late",
        "health": "ack danger phone call_accepted seen late",
        "reply": "signature",
        "progress": "late handover need_time promise_cannot cannot",
        "offer": "single fix now need_visit remind choice taken declined option_gone",
        "stop": "confirm resumed",
        "settings": "main",
        "review": "invite skip public_anytime",
        "quiet": "set none saved",
        "": "help",
        "status": "open none answered alerted",
        "command": (
            "help status settings privacy stop visit redeem cases case setup setup_again "
            "texts gifts hours branches people options content qr links try reload cancel"
        ),
        "case": "question praise unsupported unknown voice threat lawyer minor_duplicate",
        "staff": (
            "card close_no_reply reply_hint reply_hold reply_closed reply_not_staff "
            "reply_unsupported anonymous visit_link files_caption commands_hint call remind "
            "escalate history option_gone approval_request request_unanswered cause_later health_alert "
            "health_seen urgent still_open "
            "wrote_again not_a_reply not_the_card words_below parked card_refused health_morning praise setup "
            "erased erased_copy copy_left moved "
            "topic topic_hidden prevention_ask prevention_due prevention_when prevention_saved "
            "repeat_customer repeat_situation second_failure second_account abuse_flag "
            "angry severe lint promise_due promise_offer promise_cannot rewrite "
            "final_ask letter_preview letter_manager final_wanted wrote_back"
        ),
        "staff.card": (
            "voucher offered history writing no_visit visit_asked sending given taken waiting asked approved "
            "not_delivered closed "
            "closed_done closed_final closed_unproven "
            "check reopened at_manager call urgent refund note sent edited answers short more_below "
            "not_shown promise lint_waits unshown language angry"
        ),
        "staff.letter": "done_public cause_public prevention_public cannot_text which words_only too_long gone tap",
        "close": "letter_employee letter_manager final",
        "check": "ok reopen",
        "staff.toast": (
            "taken_by_other already_given cancelled no_right not_staff yours too_late no_call "
            "outdated own_case reply_stopped closed asked_visit visit_asked no_visit visit_gift cause_saved "
            "not_owner nobody_to_ask no_choice card_again other_open wait_for_hold resent "
            "hints_on hints_off sent_as_is reminder_set promise_kept guest_told reply_waits "
            "letter_open letter_closed letter_erased letter_blocked letter_leaves letter_dropped manager_only "
            "choice_leaves open_chat asked_privately only_final only_manager_closes "
            "prevention_saved prevention_later"
        ),
        "find": "list line line_hidden no_case not_yours case",
        "voucher": (
            "which unknown own staff guest redeemed picture extended revoked toast_redeemed "
            "toast_ended toast_ended_guest toast_undone toast_role toast_extended toast_revoked"
        ),
        "staff.health_alert": "again",
        "staff.lint": "preview",
        "staff.prevention_ask": "open",
        "staff.rewrite": "sent",
        "lint": (
            "known channel call who next_time length sorry_for apology name name_twice shouting emoji "
            "capital_you promise"
        ),
        "staff.escalate": "untold",
        "join": (
            "ask hello owner_ask approved signature_saved declined already waiting "
            "role_changed removed owner_claimed owner_done owner_refused shift_on shift_off nobody left"
        ),
        "setup": "not_owner other_group",
        "dialog": "outdated cancelled nothing",
        "try": "start mark gift skip end busy removed",
        "owner": (
            "taken group bound group_for examples group_lost rights_lost rights_back write_lost group_migrated "
            "disk_full topics_lost topics_back "
            "disk_broken database_held database_lost recovered only people options backup_failed restored "
            "hello manager_link summary ready qr poster links"
        ),
        "owner.bound": "manager",
        "owner.group_for": "last",
        "owner.group_lost": "instead manager",
        "owner.write_lost": "instead",
        "owner.ask": "preset brand phone two_phones branches hours manager reviews which",
        "owner.bad": "brand phone night branches hours reviews button",
        "owner.texts": "list show preview saved bad found none",
        "owner.file": "sent all diff comments bad",
        "owner.hours": "list show",
        "owner.branches": "list show add ask_name ask_phone ask_holidays saved last",
        "owner.people": "role shift remove branches which_role which_branches invite last removed",
        "owner.gifts": (
            "list show show_off add saved long ask_title ask_button ask_price ask_cost ask_days ask_number "
            "ask_role ask_topics"
        ),
        "owner.content": (
            "saved undone mistakes changed read_only disk_full no_folder not_simple too_big not_text "
            "not_content bad_archive nothing_new gone lost failed"
        ),
        "owner.conflict": "poller webhook",
        "owner.reload": "done same mended bad kept",
    }
)
OPTIONAL_TEXTS = _keys(
    {
        "phone": "matched notfound",
        "call": "missed",
        "ask": "salon qr restaurant clinic car delivery reminder",
        "ask.hotel": "stay after",
        "stay": "ok help",
        "rate": "5 4 3 low",
        "rate.5": "thanks_sent",
        "rate.4": "answered",
        "tell": "photo wish summary more",
        "progress": "update",
        "offer": "own approval_wait",
        "close": "self_help",
        "check": "2d 7d",
        "check.2d": "rated",
        "nps": "ask why",
        "staff": "public_review",
        "staff.public_review": "draft",
        "owner.install": "token token_bad telegram_ok no_telegram proxy_bad done",
        "staff.digest": "daily weekly",
    }
)
LABELS = talk_keys.LABELS | _keys(
    {
        "": (
            "forget_phone quiet_hours consent_yes consent_no consent_give consent_refuse export_data erase_data "
            "withdraw_consent erase_yes erase_no "
            "stop_asking resume_asking topic ticked call_me urgent send_phone answer_here "
            "copy_code book_visit take resolve gift fix more back undo do_not_send resend show_more "
            "ask_visit_when ask_manager cause later reopen refund to_manager to_other call seen "
            "case_number card_again option nothing_needed choice choice_withdraw give_other page_back page_on "
            "history "
            "voucher_redeem voucher_redeem_at voucher_undo voucher_extend voucher_revoke "
            "voucher_picture no_reminders language open_card answer_myself give refuse its_me "
            "ask_to_join join_decline shift_on shift_off ready cancel save once_more restore_default "
            "all_texts_file text_found text_language add as_file gift_listed gift_off role any_topic "
            "apply content_file branch branch_closed change_role remove change_shift invite_more "
            "person restore_access begin not_now show enough remove_card night_phone manager_me "
            "manager_other all_right edit choose_group managers_group group_named group_all group_manager "
            "change_branches show_texts show_gifts try_it "
            "correct understood no_hints hints_again send_as_is done need_time did_not_work "
            "set_reminder not_needed open_message "
            "nothing_to_change changed_mind not_yet dont_know by_day done_already "
            "all_well no skip result_letter final_answer not_confirmed send what_can_be "
            "write_down already_on_it"
        ),
        "part": "done_public cause_public prevention_public",
        "preset": "salon restaurant hotel car_service delivery",
        "quiet": "22_9 21_10 daytime keep",
        "hours": "10_21 9_20",
        "answer": "preset brand phone branches hours manager reviews",
        "find": "open mine late branch",
        "revoke": "mistake replaced abuse",
        "gift_edit": "title button price cost days role topics off on",
        "branch_edit": "name phone close open holidays no_holidays",
        "option": "photo_step wish_step restate voice_hint check_7d nps topics",
        "edit_text": "ask rate_5 rate_4 rate_3 rate_low ack offer check",
    }
)
OPTIONAL_LABELS = _keys(
    {
        "rate": "5 4 3 2 1",
        "": (
            "score stay_ok stay_help no_photo summary_ok summary_add "
            "summary_edit its_this_visit other_visit today yesterday earlier "
            "offer_own do_it_for_me review_page no_reviews say_we_asked talked "
            "no_answer review_draft review_published review_case"
        ),
        "wish": "fix refund decide",
        "join_as": "administrator manager",
        "option": "manager_letter public_reviews consent_first",
    }
)

TOASTS = _keys(
    {
        "tell": "topic",
        "ack": "wish_saved",
        "ask": "old_button",
        "review": "skip",
        "quiet": "saved",
        "dialog": "outdated",
        "try": "removed",
        "owner.people": "last",
        "owner.branches": "last",
        "owner.group_for": "last",
        "staff": "reply_hint close_no_reply call",
    }
) | frozenset(key for key in TEXTS if key.startswith(("staff.toast.", "voucher.toast_")))
CAPTIONS = _keys(
    {
        "staff": "files_caption visit_link",
        "voucher": "picture",
        "owner": "qr",
        "owner.file": "sent all",
        "privacy": "export",
    }
)

# What owners change most, by the name of its button; the question itself is named by the flow.
MAIN_TEXTS: Mapping[str, str] = {
    "rate_5": "rate.5",
    "rate_4": "rate.4",
    "rate_3": "rate.3",
    "rate_low": "rate.low",
    "ack": "ack.unassigned",
    "offer": "offer.single",
    "check": "check.2d",
}

# Phrases beside those of time and number, with the slots that each may use.
PHRASES: Mapping[str, str] = {
    **money_keys.PHRASES,
    "phrase.hello": "name",
    "phrase.hello_nameless": "",
    "phrase.name_c": "name",
    "phrase.signed": "name role",
    "phrase.no_topic": "",
    "phrase.order_no": "n",
    "phrase.status_received": "date",
    "phrase.call_allowed": "",
    "phrase.call_not_agreed": "",
    "phrase.check.yes": "",
    "phrase.check.no": "",
    "phrase.check.silent": "",
    "phrase.questions.on": "",
    "phrase.questions.off": "",
    "phrase.topic.health": "",
    "phrase.topic.danger": "",
    "phrase.media.voice": "",
    "phrase.media.photo": "",
    "phrase.media.video": "",
    "phrase.media.document": "",
    "phrase.wanted.text": "",
    "phrase.wanted.voice": "",
    "phrase.wanted.photo": "",
    "phrase.wanted.video": "",
    "phrase.wanted.document": "",
    "phrase.wanted.album": "",
    "phrase.either": "one other",
    "phrase.price": "word price",
    "phrase.price_word": "",
    "phrase.no_terms": "",
    **{f"phrase.known.{known}": "" for known in ("when", "who", "order", "phone", "name")},
    "phrase.choice": "",
    "phrase.option": "title",
    "phrase.option_price": "title price",
    "phrase.example.privacy_url": "",
    "phrase.example.consent_url": "",
    "phrase.example.legal_contact": "",
    "phrase.example.review_pages": "",
    "phrase.example.booking_url": "",
    "phrase.find.open": "",
    "phrase.find.mine": "",
    "phrase.find.late": "",
    "phrase.find.branch": "of",
    "phrase.find.words": "of",
    "phrase.find.nothing": "",
    "phrase.find.closed": "",
    "phrase.history.none": "",
    "phrase.voucher.held": "",
    "phrase.voucher.given": "",
    "phrase.voucher.taken_back": "",
    "phrase.voucher.lapsed": "date",
    "phrase.voucher.redeemed": "at by",
    "phrase.voucher.redeemed_at": "at where by",
    "phrase.voucher.revoked": "at by why",
    "phrase.voucher.used": "date",
    "phrase.voucher.over": "",
    "phrase.revoke.mistake": "",
    "phrase.revoke.replaced": "",
    "phrase.revoke.abuse": "",
    "phrase.approval.yes": "",
    "phrase.approval.no": "",
    "phrase.reason.limit": "",
    "phrase.reason.no_visit": "",
    "phrase.reason.role": "",
    "phrase.reason.account": "",
    **{f"phrase.nth.{nth}": "n" for nth in (2, 3, 4, 5, "more")},
    **{f"phrase.part.{part}": "" for part in ("night", "morning", "day", "evening")},
    "phrase.reopened": "",
    "phrase.same.phone": "",
    "phrase.same.visit": "",
    "phrase.gifts_line": "n sum",
    "phrase.alerted.duty": "",
    "phrase.alerted.manager": "",
    "phrase.alerted.duty_and_manager": "",
    "phrase.alerted.owner": "",
    "phrase.alerted.staff": "",
    "phrase.praise": "master words guest",
    "phrase.praise_nameless": "words guest",
    "fail.blocked": "",
    "fail.deactivated": "",
    "fail.too_big": "",
    "fail.telegram": "",
    "fail.refused": "",
    "phrase.shift_on": "",
    "phrase.shift_off": "",
    "phrase.tone_words": "",
    "phrase.tone_hint": "words",
    "phrase.yes": "",
    "phrase.no": "",
    "phrase.not_needed": "",
    "phrase.replies_only": "",
    "phrase.by_link": "",
    "phrase.replaces": "",
    "phrase.export.title": "brand at",
    "phrase.export.name": "name",
    "phrase.export.username": "name",
    "phrase.export.tg_id": "n",
    "phrase.export.phone": "phone",
    "phrase.export.no_phone": "",
    "phrase.export.asked": "",
    "phrase.export.not_asked": "",
    "phrase.export.notes": "",
    "phrase.export.consents": "",
    "phrase.export.kind.phone": "",
    "phrase.export.kind.regular": "",
    "phrase.export.kind.first": "",
    "phrase.export.answer.given": "",
    "phrase.export.answer.refused": "",
    "phrase.export.answer.withdrawn": "",
    "phrase.export.visits": "",
    "phrase.export.matters": "",
    "phrase.export.talk": "",
    "phrase.export.you": "",
    "phrase.export.file": "kind",
    "phrase.export.gifts": "",
    "phrase.export.praises": "",
    "phrase.right.admin": "",
    "phrase.right.can_pin_messages": "",
    "phrase.right.can_delete_messages": "",
    "phrase.right.write": "",
    "phrase.right.can_manage_topics": "",
    "phrase.right.forum": "",
    **{f"phrase.topic_state.{state}": "" for state in ("new", "taken", "answered", "closed")},
    "phrase.group.all": "",
    "phrase.group.others": "",
    "phrase.group.manager": "",
    "phrase.group.none": "",
}
