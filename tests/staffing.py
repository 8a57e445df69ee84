"""A small office on Telegram: staff, citizens, cases."""

from dataclasses import dataclass

from bot.services import Program
from handlers.messages import Reply
from petitions import Channel, Kind, PetitionDesk, Role
from tests.conftest import Citizen, Clock

OFFICE = "办公室"


@dataclass
class Account(Citizen):
    """Somebody in the private chat on Telegram, staff or not."""

    channel: Channel = Channel.TELEGRAM

    def opens(self, number: str) -> Reply:
        return self.says(f"/case {number}")

    def answers(self, text: str, about: str) -> Reply:
        """Writes in answer to the newest message about a case."""
        return self._does(text=text, replies_to=self.shown(about))

    def answers_message(self, text: str, message: str) -> Reply:
        return self._does(text=text, replies_to=message)

    def shown(self, about: str) -> str:
        """The name of the newest message about a case, which has arrived meanwhile."""
        mail = self.program.mailroom.mail
        newest = [one for one in mail.after(self.person, 0) if one.reply.about == about][-1]
        mail.delivered(newest.seq, f"{newest.seq}00", self.clock())
        return f"{newest.seq}00"

    @property
    def person(self) -> str:
        return f"{self.channel}:{self.name}"

    @property
    def told(self) -> list[str]:
        """Everything the person was told."""
        return [one.reply.text for one in self.program.mailroom.mail.after(self.person, 0)]


@dataclass
class Bureau:
    """Whoever works there, and what it has to do."""

    program: Program
    clock: Clock

    @property
    def desk(self) -> PetitionDesk:
        return self.program.services.desk

    def employ(
        self, name: str, account: str, role: Role = Role.STAFF, department: str = OFFICE
    ) -> Account:
        """Somebody of the staff with this Telegram id."""
        people = self.desk.people
        people.add(name, role=role, department=department, at=self.clock(), telegram=account)
        return self.account(account)

    def account(self, account: str) -> Account:
        """Anybody on Telegram."""
        return Account(program=self.program, clock=self.clock, name=account)

    def register(
        self, text: str = "公园的猴子叫什么名字", kind: Kind = Kind.CONSULTATION, **more: object
    ) -> str:
        """A case of the citizen 1001; its number."""
        values = {"channel": Channel.TELEGRAM, "person": "telegram:1001", **more}
        return self.desk.register(kind=kind, text=text, **values).number  # type: ignore[arg-type]  # keywords of register

    def actor(self, name: str):
        """Somebody of the staff as use cases take them."""
        return self.desk.people.actor(self.desk.people.named(name))
