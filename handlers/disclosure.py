"""依申请公开 in the chat: what 条例 第二十九条 requires, one question at a time.

Before the rest is asked, it is looked whether the information is public already and whether the
person has asked for it before. Proof of identity never goes through the chat.
"""

from collections.abc import Callable

from rapidfuzz import fuzz

from handlers import ask, checks, form_texts, forms, mycase, texts
from handlers.forms import Choice, Field, Form, Values
from handlers.messages import Action as Press
from handlers.messages import Block, Button, Document, Reply, Style, say
from handlers.services import NewFile
from handlers.turn import Turn
from knowledge import Candidate, Found, Unsure
from knowledge.text import fold
from petitions import Action, ApplicantType, CaseStatus, Kind, Receipt
from petitions.case import title_of
from reports.flowchart import PICTURE

ALIKE = 90  # rapidfuzz ratio from which two requests ask for the same thing
LIKELY = 0.5  # confidence from which something public is worth a look before going on
OPTIONS = 3

PERSON, BODY = "person", "body"
_BODIES = tuple(
    Choice(value=str(one), label=one.label)
    for one in ApplicantType
    if one is not ApplicantType.NATURAL
)
_CARRIERS = (Choice(value="digital", label="电子文件"), Choice(value="paper", label="纸质文件"))
_WAYS = (
    Choice(value=form_texts.BY_MAIL, label="发到邮箱"),
    Choice(value=form_texts.BY_POST, label="邮寄"),
    Choice(value="pickup", label="自己来取"),
)


def _way(wanted: str) -> Callable[[Values], bool]:
    return lambda values: values.get("way") == wanted


FIELDS = (
    Field(
        name="info",
        label="想要的信息",
        prompt=form_texts.ASK_INFORMATION,
        check=checks.wanted,
    ),
    Field(
        name="applicant",
        label="申请人",
        prompt=form_texts.ASK_APPLICANT,
        choices=(Choice(value=PERSON, label="个人"), Choice(value=BODY, label="单位")),
    ),
    Field(
        name="body",
        label="单位类别",
        prompt=form_texts.ASK_ORGANISATION,
        choices=_BODIES,
        applies=lambda values: values.get("applicant") == BODY,
    ),
    Field(
        name="name",
        label="姓名或名称",
        prompt=form_texts.ASK_NAME,
        check=checks.name,
        personal=True,
    ),
    Field(
        name="contact",
        label="联系方式",
        prompt=form_texts.ASK_CONTACT,
        check=checks.phone_or_mailbox,
        personal=True,
    ),
    Field(name="carrier", label="形式", prompt=form_texts.ASK_CARRIER, choices=_CARRIERS),
    Field(name="way", label="怎么拿", prompt=form_texts.ASK_WAY, choices=_WAYS),
    Field(
        name="mailbox",
        label="邮箱",
        prompt=form_texts.ASK_MAILBOX,
        check=checks.mailbox,
        personal=True,
        applies=_way(form_texts.BY_MAIL),
    ),
    Field(
        name="address",
        label="收件地址",
        prompt=form_texts.ASK_ADDRESS,
        check=checks.address,
        personal=True,
        applies=_way(form_texts.BY_POST),
    ),
)


def command(turn: Turn, rest: str) -> Reply:
    """/request, with or without what is wanted behind it."""
    if not turn.incoming.private:
        return say(texts.PLEASE_PRIVATELY)
    return forms.begin(turn, FORM, rest)


def _after(turn: Turn, field: Field, values: Values) -> Reply | None:
    """What is wanted was said: has the person asked for it before, is it public already?"""
    if field.name != "info":
        return None
    if before := _asked_before(turn, values["info"]):
        return _with_ways_out(form_texts.asked_before(before.number))
    return _public_already(turn, values["info"])


def _asked_before(turn: Turn, wanted: str) -> CaseStatus | None:
    """An open request of the same person for nearly the same thing."""
    mine = turn.services.desk.cases_of(turn.incoming.person)
    same = (
        case
        for case in mine
        if case.kind is Kind.DISCLOSURE
        and Action.WITHDRAW in case.may
        and fuzz.ratio(fold(case.title), fold(title_of(wanted))) >= ALIKE
    )
    return next(same, None)


def _public_already(turn: Turn, wanted: str) -> Reply | None:
    """Entries that may be what is wanted, as buttons; None if nothing comes near."""
    outcome = turn.services.knowledge.answer_one(wanted, turn.today)
    near: tuple[Candidate, ...] = ()
    if isinstance(outcome, Found):
        near = outcome.candidates[:1]
    elif isinstance(outcome, Unsure) and outcome.confidence >= LIKELY:
        near = outcome.offered[:OPTIONS]
    if not near:
        return None
    question_id = ask.log(turn, wanted, outcome)
    rows = [
        (Button(label=ask.shorten(c.entry.question), action=_show(question_id, number)),)
        for number, c in enumerate(near)
    ]
    return Reply(
        blocks=(Block(text=form_texts.PROBABLY_PUBLIC),),
        buttons=(*rows, (_go_on(form_texts.NOT_WHAT_I_WANT),)),
    )


def _show(question_id: str, number: int) -> Press:
    return Press(verb="public", args=(question_id, str(number)))


def _go_on(label: str) -> Button:
    return Button(label=label, action=Press(verb=forms.VERB, args=("go",)))


def _with_ways_out(text: str) -> Reply:
    """Stop here, or go on with the request."""
    stop = Button(label=form_texts.CANCEL, action=Press(verb=forms.VERB, args=("cancel",)))
    return Reply(blocks=(Block(text=text),), buttons=((_go_on(form_texts.STILL_APPLY), stop),))


def show_public(turn: Turn, args: tuple[str, ...]) -> Reply:
    """One of the entries that may be what is wanted."""
    entry = ask.offered_entry(turn, args)
    if entry is None:
        return say(texts.STALE_BUTTON)
    done = Button(label=form_texts.THAT_IS_IT, action=Press(verb="enough"))
    return Reply(
        blocks=ask.answer_blocks(entry),
        buttons=((done,), (_go_on(form_texts.STILL_APPLY),)),
        decision="answer",
    )


def enough(turn: Turn, _: tuple[str, ...]) -> Reply:
    """What was public already is what was wanted."""
    turn.remember(draft=None)
    return say(form_texts.GLAD_FOUND)


def _send(turn: Turn, values: Values) -> Reply:
    """Register the request; receipt, the filled-in form, and how to prove who one is."""
    receipt = turn.services.desk.register(
        kind=Kind.DISCLOSURE,
        channel=turn.incoming.channel,
        person=turn.incoming.person,
        text=form_texts.request_text(values["info"], _read(values)),
        contact=_contact(values),
        applicant=values["name"],
        applicant_type=_applicant_type(values),
        received=turn.today,
        origin=f"{turn.incoming.channel}/{turn.incoming.update_id}",
    )
    blocks = [Block(text=_receipt(receipt))]
    if receipt.query_code:
        blocks.append(Block(text=texts.query_code(receipt.query_code), style=Style.SECRET))
    blocks.append(Block(text=_how_to_prove(turn, receipt)))
    blocks.append(Block(text=form_texts.FORM_ATTACHED, style=Style.NOTE))
    chart = Button(label=form_texts.SEE_CHART, action=Press(verb="chart"))
    return Reply(
        blocks=tuple(blocks),
        buttons=((mycase.why_that_day(receipt.number), chart),),
        documents=(_filled_in(turn, values, receipt),),
    )


def chart(turn: Turn, _: object = None) -> Reply:
    """The way of a request as a picture."""
    new = NewFile(
        person=turn.incoming.person,
        name=form_texts.CHART_FILE,
        media_type="image/png",
        body=PICTURE.read_bytes(),
    )
    document = Document(id=turn.services.files.put(new, turn.now), name=new.name)
    return Reply(blocks=(Block(text=form_texts.HERE_IS_THE_CHART),), documents=(document,))


def _how_to_prove(turn: Turn, receipt: Receipt) -> str:
    link = turn.services.uploads.link(
        channel=turn.incoming.channel,
        person=turn.incoming.person,
        number=receipt.number,
        at=turn.now,
    )
    return form_texts.proof_by_link(link) if link else form_texts.PROOF_IN_PERSON


def _read(values: Values) -> dict[str, str]:
    """The values as people read them."""
    return {field.name: field.label_of(value) for field, value in FORM.answered(values)}


def _contact(values: Values) -> str:
    """How to reach the applicant, and where to send what they asked for."""
    there = values.get("mailbox") or values.get("address")
    return "；".join(dict.fromkeys(filter(None, (values["contact"], there))))


def _applicant_type(values: Values) -> ApplicantType:
    return ApplicantType(values.get("body", ApplicantType.NATURAL))


def _receipt(receipt: Receipt) -> str:
    due = form_texts.request_due(texts.day(receipt.due), receipt.provisional)
    return f"{texts.registered(receipt.number)}\n{due}"


def _filled_in(turn: Turn, values: Values, receipt: Receipt) -> Document:
    """The application form as a Word file, kept for the person."""
    # python-docx loads slowly, and few conversations get this far.
    from reports.disclosure_form import MEDIA_TYPE, DisclosureForm, write_form

    read = _read(values)
    body = write_form(
        DisclosureForm(
            office=turn.services.office.name,
            number=receipt.number,
            received=receipt.received,
            applicant=read["applicant"],
            body=read.get("body", ""),
            name=read["name"],
            contact=read["contact"],
            information=read["info"],
            carrier=read["carrier"],
            way=read["way"],
            deliver_to=read.get("mailbox") or read.get("address") or "",
        )
    )
    name = form_texts.form_file(receipt.number)
    new = NewFile(
        person=turn.incoming.person,
        name=name,
        media_type=MEDIA_TYPE,
        body=body,
        number=receipt.number,
    )
    kept = turn.services.files.put(new, turn.now)
    return Document(id=kept, name=name)


FORM = Form(
    name="disclosure",
    title=form_texts.DISCLOSURE,
    opening=form_texts.DISCLOSURE_OPENING,
    fields=FIELDS,
    send=_send,
    after=_after,
)
