"""The library of plans: methods that are ready to be put into a run sheet, each with advice. To add one is an entry."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sessions_app.blueprints import Step, Text


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what it is for, for how many, its steps, and what helps in the hall, online and afterwards."""

    key: str
    name: Text
    good_for: Text
    people: Text
    steps: tuple[Step, ...]
    hall: Text
    online: Text
    afterwards: Text

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def stages(self) -> list[str]:
        """Every stage that its steps belong to, once and in order."""
        return list(dict.fromkeys(stage for step in self.steps for stage in step.stages))

    @property
    def mechanisms(self) -> list[str]:
        return list(dict.fromkeys(mechanism for step in self.steps for mechanism in step.mechanisms))


def _together(size: str, minutes: int, title: Text, prompt: Text) -> Step:
    """A later round of 1-2-4-All, which carries cards on."""
    options = {"size": size, "who": "apart"}
    return Step("together", minutes, title, prompt, WORKING, ("dialogue", "interpretation"), options=options)


KNOWING, WORKING, AGREEING = ("engagement",), ("alignment",), ("agreement",)
FEW, MANY, ANY = _("4 to 12 people"), _("6 to 30 people"), _("Any number of people")
METHODS: dict[str, Method] = {
    method.key: method
    for method in (
        Method(
            "round",
            _("Check-in round"),
            _("To arrive. Everybody is heard once before the work begins."),
            FEW,
            (
                Step(
                    "check_in_round", 10, _("Check-in round"), _("What brings you here today?"), KNOWING, ("intention",)
                ),
            ),
            _("Press “Begin the round”. The scribe writes for those without a screen."),
            _("The round begins online. Whoever would rather write, writes."),
            _("Who was not there can answer as long as you keep it open."),
        ),
        Method(
            "assets",
            _("What we bring, and the words for it"),
            _("To see what people know, can or have lived through before you ask for ideas."),
            MANY,
            (
                Step(
                    "what_i_bring",
                    15,
                    _("What I bring, what I hope"),
                    _("What do you bring? What do you hope?"),
                    KNOWING,
                    ("assets", "intention"),
                ),
                Step(
                    "word_gathering",
                    5,
                    _("Word gathering"),
                    _("Which words describe who we are together?"),
                    KNOWING,
                    ("interpretation", "dialogue"),
                    blind=True,
                ),
            ),
            _("Give everybody a pen and a minute. The scribe types the cards."),
            _("Leave the page open: both lists fill while people write."),
            _("Keep the lists open. People often remember later what they bring."),
        ),
        Method(
            "one_two_four_all",
            _("1-2-4-All"),
            _("To get many thoughts in little time, and to let the quiet ones begin."),
            _("8 people or more"),
            (
                Step(
                    "quiet_minute",
                    2,
                    _("Quiet minute"),
                    _("What do you think, all by yourself?"),
                    WORKING,
                    ("assets",),
                    hall=_("Paper and pens lie ready. Nobody talks."),
                    online=_("A note stays on each one’s own device."),
                ),
                Step("together", 4, _("In pairs"), _("What do you two think?"), WORKING, ("dialogue",)),
                _together("4", 6, _("In fours"), _("What do the four of you carry on?")),
                _together("all", 8, _("All together"), _("What stands out for all of us?")),
            ),
            _("The pairs stand on the wall. Let people move their chairs."),
            _("Pairs need a way to talk: rooms in the call, or the phone."),
            _("The last step can stay open. The earlier ones are for the meeting."),
        ),
        Method(
            "cards",
            _("Cards that we sort"),
            _("To collect many ideas and to see together what belongs together."),
            MANY,
            (
                Step(
                    "cards",
                    25,
                    _("Our ideas"),
                    _("What could we do differently? One idea on each card."),
                    WORKING,
                    ("assets", "documentation", "interpretation"),
                    blind=True,
                ),
            ),
            _("Paper cards are fine. The scribe types each line as a card."),
            _("Turn the cards over when both the hall and online are ready."),
            _("Sorting can go on between the meetings, one card at a time."),
        ),
        Method(
            "four_lists",
            _("Four lists"),
            _("For something that is stuck. One at a time is heard out."),
            FEW,
            (
                Step(
                    "four_lists",
                    30,
                    _("Four lists"),
                    _("What do you want to say about it?"),
                    WORKING,
                    ("dialogue", "documentation"),
                ),
            ),
            _("Stand beside the person who speaks. Ask on which list it belongs."),
            _("Use the line of those who want to speak, so that nobody talks over others."),
            _("Who thinks of more adds it to a list afterwards."),
        ),
        Method(
            "dots",
            _("Dots"),
            _("To find out quickly what matters most to begin with."),
            ANY,
            (
                Step(
                    "dot_voting",
                    8,
                    _("Dots"),
                    _("What do we begin with?"),
                    WORKING,
                    ("interpretation",),
                    blind=True,
                    options={"things": [_("Our first idea"), _("Our second idea")], "dots": 3, "most": 2},
                ),
            ),
            _("Paper dots are typed by number. Write your own things into the step first."),
            _("Nobody sees the dots of others until you show them."),
            _("Keep it open for those who were not there. Late dots count."),
        ),
        Method(
            "order",
            _("In which order?"),
            _("When all of it matters, and you want to know what comes first."),
            ANY,
            (
                Step(
                    "ranking",
                    8,
                    _("In which order?"),
                    _("What comes first?"),
                    WORKING,
                    ("interpretation",),
                    blind=True,
                    options={"things": [_("Our first idea"), _("Our second idea")]},
                ),
            ),
            _("Read all things aloud once. Write your own into the step first."),
            _("Numbers or arrows: both give the same order."),
            _("Late answers change the order, so look once more before you decide."),
        ),
        Method(
            "say_back",
            _("Talk, then say it back"),
            _("To find out whether people were understood, before you agree on anything."),
            FEW,
            (
                Step("open_dialogue", 15, _("Open dialogue"), _("What is important to you?"), WORKING, ("dialogue",)),
                Step(
                    "say_it_back",
                    12,
                    _("Say it back"),
                    _("What did you hear somebody else say?"),
                    ("alignment", "agreement"),
                    ("interpretation", "understanding"),
                ),
            ),
            _("The scribe types the sentences, and tells for others whether that was it."),
            _("Whoever wrote the words tells on their own page: yes, almost, or no."),
            _("“Almost” is the best start of the next meeting. Read those aloud."),
        ),
        Method(
            "stand",
            _("Where do we stand?"),
            _("To see how far people are with a proposal, from yes to no."),
            ANY,
            (
                Step(
                    "gradients",
                    10,
                    _("Where do we stand?"),
                    _("How far are you with us?"),
                    AGREEING,
                    ("interpretation", "understanding"),
                    blind=True,
                ),
                Step(
                    "open_dialogue",
                    10,
                    _("Reservations first"),
                    _("What would have to change for you?"),
                    AGREEING,
                    ("dialogue",),
                ),
            ),
            _("Let people stand along a line, then choose the same on paper or screen."),
            _("Those with a reservation speak first, wherever they are."),
            _("Ask again after a change: both rounds stay side by side."),
        ),
        Method(
            "consent",
            _("Consent round"),
            _("To decide. A proposal stands when nobody objects."),
            FEW,
            (
                Step(
                    "consent_round",
                    20,
                    _("Consent round"),
                    _("Can we live with this, and try it?"),
                    AGREEING,
                    ("dialogue", "understanding"),
                    options={"proposal": [_("Write your proposal here.")]},
                ),
            ),
            _("Read the proposal aloud. Go round for questions, then for reactions."),
            _("Objections are written, so that nobody has to be loud."),
            _("Keep it open for a week before the decision is final."),
        ),
        Method(
            "kettle",
            _("Break"),
            _("To rest. After 45 minutes people hear less."),
            ANY,
            (Step("kettle", 10, _("Break")),),
            _("Put the kettle where those online can hear the talk."),
            _("Leave the call open for small talk. Nothing is recorded here."),
            _("Nothing stays: a break is a break."),
        ),
        Method(
            "look_back",
            _("Looking back"),
            _("To end well, and to learn how you want to work next time."),
            ANY,
            (
                Step(
                    "reflection",
                    8,
                    _("Looking back"),
                    _("What do you think of our work today?"),
                    ("agreement", "engagement"),
                    ("understanding", "intention"),
                    identity="anonymous",
                ),
            ),
            _("Paper slips are fine. The scribe types them without names."),
            _("Nobody can know who wrote what, and the page says so."),
            _("You find the cards on the page “After the meeting”."),
        ),
    )
}
