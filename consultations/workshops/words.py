"""The words of the live screens, in the page's language: the scripts only choose among them.

A sentence, or two forms (`one`, `other`) chosen by the number `n`; and what the lists and buttons offer.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.workshops.models import BoardOperation, Card, Reaction, Stage, Workshop
from consultations.workshops.needs import offered_needs
from core.templatetags.ui import static_address

Words = dict[str, Any]


def screen_words(workshop: Workshop) -> Words:
    """Everything a live screen says, and the choices it offers."""
    return {
        **_connection(),
        **_stages(),
        **_counted(),
        **_cards(),
        **_votes(),
        **_leading(),
        **_lists(workshop),
    }


def projector_views() -> list[tuple[str, str]]:
    """What the projector may show, in words."""
    return [
        ("join", _("How to join")),
        ("stage", _("The question")),
        ("board", _("The cards")),
        ("results", _("The results")),
        ("blank", _("Nothing")),
    ]


def _lists(workshop: Workshop) -> Words:
    modes = [choice for choice in Card.Mode.choices if choice[0] in (Card.Mode.PAPER, Card.Mode.HAND)]
    return {
        "icons": static_address("vendor/icons.svg"),
        "kinds": {code: str(label) for code, label in Stage.Kind.choices},
        "needs": [(need.code, need.plain_label) for need in offered_needs(workshop)],
        "levels": [(code, str(label)) for code, label in Card.Level.choices],
        "reactions": [(code, str(label)) for code, label in Reaction.Kind.choices],
        "modes": [(code, str(label)) for code, label in modes],
        "views": projector_views(),
    }


def _counted() -> Words:
    one, other = _forms(1), _forms(5)
    return {key: {"one": one[key], "other": other[key]} for key in one}


def _forms(n: int) -> dict[str, str]:
    """Sentences that hold a number, in the form that suits this one."""
    return {
        "people": ngettext("%(n)s person", "%(n)s people", n),
        "cards": ngettext("%(n)s card", "%(n)s cards", n),
        "ballots": ngettext("%(n)s person voted", "%(n)s people voted", n),
        "voices": ngettext("%(n)s voice", "%(n)s voices", n),
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", n),
        "dots": ngettext("%(n)s dot in all", "%(n)s dots in all", n),
        "points": ngettext("%(n)s point in all", "%(n)s points in all", n),
        "table_answers": ngettext(
            "Agree on one answer: it counts for %(n)s person around your table.",
            "Agree on one answer: it counts for the %(n)s people around your table.",
            n,
        ),
        "my_dots": ngettext("You put %(n)s dot", "You put %(n)s dots", n),
        "dots_left": ngettext("%(n)s dot left", "%(n)s dots left", n),
        "places_left": ngettext("%(n)s place left to fill", "%(n)s places left to fill", n),
        "cards_left": ngettext(
            "500 characters at most. %(n)s card left.", "500 characters at most. %(n)s cards left.", n
        ),
        "my_cards_n": ngettext("See my card", "See my %(n)s cards", n),
        "kept": ngettext(
            "Offline: %(n)s action kept on this device, it will be sent",
            "Offline: %(n)s actions kept on this device, they will be sent",
            n,
        ),
        "minutes_left": ngettext("%(n)s minute left.", "%(n)s minutes left.", n),
        "extended": ngettext("%(n)s minute more.", "%(n)s minutes more.", n),
        "more_minutes": ngettext("%(n)s minute", "%(n)s minutes", n),
        "finished": ngettext("%(n)s has finished", "%(n)s have finished", n),
        "calls": ngettext("%(n)s call", "%(n)s calls", n),
        "called": ngettext("%(n)s person calls.", "%(n)s people call.", n),
        "late_cards": ngettext("%(n)s card arrived late", "%(n)s cards arrived late", n),
        "hidden_cards": ngettext("%(n)s hidden card", "%(n)s hidden cards", n),
        "left_out": ngettext("and %(n)s more", "and %(n)s more", n),
        "left_all": ngettext(
            "%(n)s card, to be read on your phone", "%(n)s cards, to be read on your phone", n
        ),
    }


def _connection() -> Words:
    return {
        "connection_live": _("Connected"),
        "connection_polling": _("Connected, slowly"),
        "connection_connecting": _("Connecting…"),
        "connection_offline": _("Offline: what you write is kept on this device"),
        "connection_closed": _("You have left the room"),
        "connection_lost_place": _("This device is no longer in the room"),
        "wait_for_network": _("What you are asked here needs the network. It comes back by itself with it."),
        "kept_here": _("Offline: kept on this device, will be sent"),
        "sending": _("Being sent…"),
        "close": _("Close"),
        "done": _("It is done."),
        "already": _("It was done already."),
        "none": _("no choice"),
        "say_more": _("Say more about it (optional)"),
    }


def _stages() -> Words:
    return {
        "stage_of": _("Stage %(number)s of %(count)s · %(kind)s"),
        "starts_soon": _("It starts soon"),
        "stay_here": _("The facilitator will start the next stage. Stay on this page."),
        "stage_ended": _("This stage is finished. The next one starts soon."),
        "new_stage": _("New stage: %(title)s"),
        "easier_words": _("In easier words"),
        "time_left": _("Time left"),
        "paused": _("paused"),
        "time_is_up": _("time is up"),
        "now_open": _("Contributions are open"),
        "now_closed": _("Contributions are closed"),
        "now_shown": _("The cards and results are shown."),
        "state_to_come": _("to come"),
        "state_running": _("under way"),
        "state_paused": _("paused"),
        "state_closed": _("finished"),
    }


def _cards() -> Words:
    return {
        "one_idea": _("One idea per card"),
        "put_card": _("Put my card"),
        "about_what": _("What is it about?"),
        "where": _("Where?"),
        "not_seen_yet": _("Others do not see it yet."),
        "cards_closed": _("Cards are closed for now."),
        "all_cards_put": _("You have put all your cards. Take one back to write another."),
        "my_cards": _("My cards"),
        "everyones_cards": _("Everyone’s cards"),
        "change_or_withdraw": _("Change or take back"),
        "your_words": _("Your words"),
        "change": _("Change"),
        "withdraw": _("Take back"),
        "card_there": _("Your card is there."),
        "card_late": _("Your card arrived after the end: the facilitator will look at it."),
        "card_changed": _("Your card is changed."),
        "card_withdrawn": _("Your card is taken back."),
        "hidden_because": _("Hidden by the facilitator: %(reason)s"),
        "late_waiting": _("Arrived late: waits for the facilitator"),
        "not_together": _("Not put together yet"),
        "put_in": _("Put this card in"),
        "no_group": _("no group"),
        "move": _("Move"),
        "tell_facilitator": _("Tell the facilitator"),
        "floor": _("Speak"),
        "floor_asked": _("Asked"),
        "signal_floor": _("I ask for the floor"),
        "signal_ready": _("I have finished"),
        "signal_hand": _("I raise my hand"),
        "signal_easy_read": _("Easier words, please"),
        "next_person": _("Next person"),
        "your_turn": _("It is the next person’s turn."),
    }


def _votes() -> Words:
    return {
        "vote_closed": _("The vote is closed for now."),
        "nothing_to_vote": _("There is nothing to vote on yet."),
        "less": _("One dot less"),
        "more": _("One dot more"),
        "score_hint": _("From 1 (little) to %(highest)s (a lot). Press again to take back."),
        "grid_hint": _("Give the effort and the effect, from 1 (little) to %(steps)s (a lot)."),
        "grid_label": _("Grid: the effort from left to right, the effect from bottom to top"),
        "my_grid": _("My grid: easy and useful ideas are at the top left."),
        "effort": _("Effort"),
        "effect": _("Effect"),
        "place": _("Put here"),
        "place_again": _("Place again"),
        "choose": _("Choose"),
        "up": _("Move up"),
        "down": _("Move down"),
        "take_out": _("Take out"),
        "other_choices": _("The other choices"),
        "order_kept": _("Your order is kept."),
        "results": _("What the room said"),
        "no_voice": _("nobody"),
        "mean_score": _("mean score %(mean)s"),
        "grid_mean": _("mean effort %(effort)s, mean effect %(effect)s"),
    }


def _leading() -> Words:
    return {
        **_running(),
        "board": _("The board"),
        "board_empty": _("Cards appear here as they are written."),
        "undo": _("Undo: %(what)s"),
        "operations": [(code, str(label)) for code, label in BoardOperation.Kind.choices],
        "undone": _("The last action is undone."),
        "new_group": _("Name of a new group"),
        "new_group_with": _("Or in a new group, called"),
        "create_group": _("Create the group"),
        "name": _("Name"),
        "rename": _("Rename"),
        "put_with": _("Put together with"),
        "take_out_cards": _("Cards to take out into a new group"),
        "name_new_group": _("Name of the new group"),
        "split": _("Split"),
        "reason": _("Reason, read by its author"),
        "hide": _("Hide"),
        "card_hidden_said": _("The card is hidden."),
        "show_large": _("Show large"),
        "shown_large": _("Shown large:"),
        "stop_large": _("Stop showing it large"),
        "accept": _("Accept"),
        "late_hint": _("Written before the end of the stage, sent after it. Accept them or hide them."),
        "enter_card": _("Enter a paper card or words said aloud"),
        "the_words": _("The words"),
        "how_given": _("How it was given"),
        "by_whom": _("By whom"),
        "table_label": _("Number of the table"),
        "table": _("table %(table)s"),
        "add_card": _("Add the card"),
        "room_code": _("Code of the room:"),
        "cards_not_shown": _("The cards are not shown yet."),
        "results_not_shown": _("The results are not shown yet."),
    }


def _running() -> Words:
    return {
        "no_stage": _("No stage under way"),
        "start_next": _("The room waits for its next stage."),
        "all_done": _("Every stage is finished."),
        "start_stage": _("Start “%(title)s”"),
        "start": _("Start"),
        "pause": _("Pause"),
        "resume": _("Resume"),
        "close_contributions": _("Close contributions"),
        "open_contributions": _("Open contributions"),
        "show_to_all": _("Show to everyone"),
        "shown_to_all": _("shown to everyone"),
        "finish_stage": _("Finish this stage"),
        "reopen": _("Open again"),
        "scenario": _("The scenario"),
        "nobody_calls": _("Nobody calls for now."),
        "called_floor": _("asks for the floor"),
        "called_hand": _("hand raised"),
        "called_easy_read": _("asks for easier words"),
        "answered": _("Answered"),
        "on_screen": _("On the big screen"),
    }
