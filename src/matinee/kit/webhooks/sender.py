"""The sender: threads that deliver what is due, one request at a time each."""

import threading

from matinee.kit import errors, logs
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.outside import Answer, Outside
from matinee.kit.webhooks.deliveries import Delivery, Message, delivered, failed, next_due
from matinee.kit.webhooks.endpoints import Endpoint
from matinee.kit.webhooks.signing import signed_headers

log = logs.logger(__name__)

_THREAD_COUNT = 3
_LOOK_S = 1.0
_ANSWER_BYTES_MAX = 16 * 1024
_GONE = 410  # the receiver says that it wants no more, after Standard Webhooks


class Sender:
    """Delivers in the background; any number of processes may run one.

    Each thread holds its delivery by a lock in an open transaction while it asks, so that no other
    sends the same, and a killed process holds nothing.
    """

    def __init__(self, database: Database, clock: Clock, outside: Outside) -> None:
        """Send what ``database`` holds; nothing runs until ``start`` or ``send_one``."""
        self._database = database
        self._clock = clock
        self._outside = outside
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(
                target=self._run,
                # One is the house's own: receivers of others that take long hold up the others.
                kwargs={"house_only": number == 0},
                name=f"webhooks-{number}",
                daemon=True,
            )
            for number in range(_THREAD_COUNT)
        ]

    def start(self) -> None:
        """Deliver in the background, looking once a second."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish the deliveries in hand and stop."""
        self._stopping.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def send_one(self, *, house_only: bool = False) -> bool:
        """Try the next delivery that is due, of all or of the house's; whether there was one."""
        with self._database.transaction() as session:
            due = next_due(session, at=self._clock.now(), house_only=house_only)
            if due is None:
                return False
            self._attempt(session, *due)
        return True

    def send(self, endpoint: Endpoint, message: Message) -> Answer:
        """Send a message now and once, whatever comes of it; raises what ``Outside.post`` does."""
        signed = signed_headers(
            message.id,
            message.body,
            signing_secrets=endpoint.signing_secrets(self._clock.now()),
            at=self._clock.now(),
        )
        return self._outside.post(
            endpoint.url,
            message.body.encode(),
            headers={"content-type": "application/json", **signed},
            limit_bytes=_ANSWER_BYTES_MAX,
        )

    def _attempt(self, session: Session, delivery: Delivery, endpoint: Endpoint) -> None:
        message = Message(delivery.message, delivery.event_type, delivery.body, delivery.created_at)
        try:
            status = self.send(endpoint, message).status
        except errors.MatineeError as error:
            self._note_failure(session, delivery, None, error.message)
            return
        if 200 <= status < 300:  # noqa: PLR2004 - the range that means success
            delivered(session, delivery, status=status, at=self._clock.now())
            return
        self._note_failure(session, delivery, status, f"it answered {status}")

    def _note_failure(
        self, session: Session, delivery: Delivery, status: int | None, failure: str
    ) -> None:
        state = failed(
            session,
            delivery,
            status=status,
            failure=failure,
            final=status == _GONE,
            at=self._clock.now(),
        )
        log.warning(
            "webhook_failed",
            delivery=delivery.id,
            endpoint=delivery.endpoint,
            attempt=delivery.attempt_count + 1,
            state=state,
            reason=failure,
        )

    def _run(self, *, house_only: bool) -> None:
        while not self._stopping.is_set():
            try:
                sent = self.send_one(house_only=house_only)
            except errors.MatineeError as error:
                log.warning("webhooks_waiting", reason=str(error))
                sent = False
            if not sent:
                self._stopping.wait(_LOOK_S)
