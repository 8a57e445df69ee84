"""The terminal channel: lines in, replies out, the same inbox and the same handlers."""

import getpass
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from bot.services import Program
from bot.store import Outgoing
from handlers.messages import Button, Incoming, InputKind, Reply
from petitions import Channel

HELLO = "政问。请直接写下您的问题，一句话就行；选项写数字；写“退出”结束。"
SAVED = "附件已存到 "
LEAVE = frozenset({"退出", "exit", "quit", "/exit", "/quit"})


@dataclass
class Terminal:
    """One conversation on standard input and output."""

    program: Program
    as_json: bool = False
    folder: Path = field(default_factory=Path.cwd)  # where files that come with a reply are put
    _buttons: list[Button] = field(default_factory=list)
    _seen: int = 0  # the last row of the outbox that was shown
    _answers: set[int] = field(default_factory=set)  # shown since as answers

    def run(self, lines: TextIO, out: TextIO) -> None:
        """Until the input ends; a person at a terminal gets a prompt, a program does not."""
        at_terminal = lines.isatty() and not self.as_json
        # A person keeps their cases from one day to the next; piped input begins afresh.
        who = getpass.getuser() if at_terminal else self.program.services.new_id()
        if at_terminal:
            print(HELLO, file=out)
            self._seen = self.program.mailroom.mail.last_answer(_person(who))
        while line := self._next(who, lines, out, prompt=at_terminal):
            text = line.strip()
            if text in LEAVE:
                return
            self._show(self._turn(who, text), out)

    def _next(self, who: str, lines: TextIO, out: TextIO, *, prompt: bool) -> str:
        if prompt:
            self._show(self._news(who), out)
            print("> ", end="", file=out, flush=True)
        return lines.readline()

    def _news(self, who: str) -> tuple[Outgoing, ...]:
        """What came about the person's cases since the last prompt, or since they last wrote."""
        later = self.program.mailroom.mail.after(_person(who), self._seen)
        news = tuple(one for one in later if one.seq not in self._answers)
        self._seen = max((one.seq for one in later), default=self._seen)
        self._answers.clear()
        return news

    def _turn(self, who: str, text: str) -> tuple[Outgoing, ...]:
        incoming = self._incoming(who, text)
        self.program.mailroom.accept([incoming])
        answers = self.program.mailroom.process(incoming.channel, incoming.update_id)
        self._answers.update(one.seq for one in answers)
        return answers

    def _incoming(self, who: str, text: str) -> Incoming:
        button = self._pressed(text)
        return Incoming(
            channel=Channel.TERMINAL,
            update_id=self.program.services.new_id(),
            person=_person(who),
            chat=who,
            text=button.label if button else text,
            action=button.action if button else None,
            kind=InputKind.BUTTON if button else InputKind.TEXT,
            received_at=self.program.services.clock(),
        )

    def _pressed(self, text: str) -> Button | None:
        """The option that a number or a label names."""
        if text.isdecimal() and 1 <= int(text) <= len(self._buttons):
            return self._buttons[int(text) - 1]
        return next((button for button in self._buttons if button.label == text), None)

    def _show(self, replies: tuple[Outgoing, ...], out: TextIO) -> None:
        for outgoing in replies:
            reply = outgoing.reply
            buttons = [button for row in reply.buttons for button in row]
            labels = [button.label for button in buttons]
            if buttons or outgoing.seq in self._answers:  # news leaves open what was asked
                self._buttons = buttons
            if self.as_json:
                self._print_json(reply, out)
            else:
                options = "".join(f"\n  {n}. {label}" for n, label in enumerate(labels, 1))
                saved = "".join(f"\n{SAVED}{path}" for path in self._saved(reply))
                print(f"{reply.text}{saved}{options}\n", file=out, flush=True)
        if self.as_json and not replies:  # a program counts a line for each of its own
            self._print_json(Reply(), out)

    def _print_json(self, reply: Reply, out: TextIO) -> None:
        labels = [button.label for row in reply.buttons for button in row]
        values = {"text": reply.text, "buttons": labels, "decision": reply.decision}
        print(json.dumps(values, ensure_ascii=False), file=out, flush=True)

    def _saved(self, reply: Reply) -> list[Path]:
        """The files that came with a reply, written beside where the person is working."""
        paths = []
        for document in reply.documents:
            file = self.program.mailroom.files.get(document.id)
            if file:
                path = self.folder / Path(file.name).name
                path.write_bytes(file.body)
                paths.append(path)
        return paths


def _person(who: str) -> str:
    return f"{Channel.TERMINAL}:{who}"
