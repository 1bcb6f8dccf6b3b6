"""A school with two fictional students, made by hand: what pages and print pages are tried on.

Ana has two school years, an occupational plan, notes in Spanish, photos and a confidential letter; Benjamin has just
enrolled and his file is nearly empty. Every function gives the same values each time.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from site_builder.access.said import AnyOf, said
from site_builder.access.view import (
    Ask,
    ConferenceView,
    ConsentView,
    Copy,
    Dated,
    Named,
    ObjectiveView,
    PaperView,
    PersonView,
    PlanView,
    ProgressView,
    RegistrationView,
    ReportCardView,
    RequestView,
    SchoolView,
    Site,
    StepView,
    StrengthsView,
    StudentView,
    TermView,
    TestView,
    ViewerView,
    Withheld,
    Words,
    YearView,
)
from site_builder.access.view_pathways import CareerView, CourseTie, OfferView, ProgramView
from site_builder.model.course_plan import MappedCourse, PlanChanges
from site_builder.model.credits import Audit, CreditLine
from site_builder.model.gaps import CourseProblem, Gap, OpenCourse
from site_builder.model.records import (
    Achievement,
    CareerRef,
    Grade,
    GradeSteps,
    Means,
    Phone,
    PlannedCourse,
    RegisteredClass,
    Score,
)
from tests.render.example_desk import counselors_desk, principals_desk

ON = dt.date(2026, 11, 24)

ANA = Named("Ana Rivera", "student", "ana-rivera")
MARIA = Named("Maria Rivera", "parent", "maria-rivera")
LEE = Named("Jordan Lee", "CTE teacher", "lee")
ORTIZ = Named("Dana Ortiz", "School counselor", "ortiz")
HALE = Named("Ruth Hale", "Principal", "hale")
TSO = Named("Wilson Tso", "Work-based learning coordinator", "tso")
BENJAMIN = Named("Benjamin Kimball", "student", "benjamin-kimball")


def day(text: str) -> dt.date:
    """Return a date written as `2026-11-24`."""
    return dt.date.fromisoformat(text)


# --- papers -----------------------------------------------------------------------------------------------------


def photo(width: int = 900, height: int = 600) -> bytes:
    """Return a small JPEG with a place and a comment in it, as a telephone would write them."""
    image = Image.new("RGB", (width, height), "#c9d8cf")
    draw = ImageDraw.Draw(image)
    draw.rectangle((80, 360, width - 80, 420), fill="#5d6a66")
    for start in range(100, width - 120, 36):
        draw.ellipse((start, 372, start + 44, 408), fill="#8fa09a", outline="#3d4744")
    exif = Image.Exif()
    exif[0x010E] = "EXIF-SECRET"
    exif[0x0112] = 1
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 45.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"COMMENT-SECRET")
    return out.getvalue()


def pdf() -> bytes:
    """Return a one-page PDF with nothing on it."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def unreadable() -> bytes:
    """Raise what a paper raises when its file is no longer the one that was decided on."""
    raise OSError("changed since it was read")


def _paper(path: str, title: str, on: str, media_type: str, load: Callable[[], bytes], **more: object) -> PaperView:
    values: dict[str, object] = {"kind": "photo", "language": "en", "size": 48_200, **more}
    return PaperView(path=path, title=title, date=day(on), media_type=media_type, load=load, **values)  # type: ignore[arg-type]


# --- Ana: this year ------------------------------------------------------------------------------------------------

FALL = TermView(id="fall", title="Fall", starts=day("2026-08-19"), ends=day("2026-12-18"))
SPRING = TermView(id="spring", title="Spring", starts=day("2027-01-05"), ends=day("2027-05-28"))

WELD = ObjectiveView(
    id="learn-to-weld",
    statement="Earn the entry-level welding certificate before graduation",
    language="en",
    kind="occupational",
    status="on-track",
    suggested_by=MARIA,
    suggested_on=day("2026-09-02"),
    means=(
        Means(what="Welding 1 and 2", source="school", course="CTE-201"),
        Means(what="Saturday shop hours with an uncle", source="family"),
        Means(what="Two visits to the fabrication floor", source="community", partnership="Wasatch Steelworks"),
    ),
    steps=(
        StepView(what="Pass the shop safety test", who=ANA, due=day("2026-09-15"), done_on=day("2026-09-11")),
        StepView(what="Run ten clean practice beads", who=ANA, due=day("2026-11-20"), done_on=day("2026-11-18")),
        StepView(what="Visit Wasatch Steelworks", who=TSO, due=day("2027-02-10")),
        StepView(what="Sign the shop permission form", who=MARIA, due=day("2026-12-04")),
    ),
    career=CareerRef(title="Welders, Cutters, Solderers, and Brazers", soc="51-4121"),
)
MATH = ObjectiveView(
    id="pass-math-1",
    statement="Finish Secondary Math I with a B or better",
    language="en",
    kind="academic",
    status="needs-help",
    suggested_by=ORTIZ,
    suggested_on=day("2026-09-20"),
    means=(Means(what="Math lab on Tuesdays and Thursdays", source="school"),),
    steps=(
        StepView(what="Go to math lab twice a week", who=ANA, due=day("2026-12-18")),
        StepView(what="Redo the unit 2 test", who=ANA, due=day("2026-12-01")),
    ),
)
CHOIR = ObjectiveView(
    id="cantar-en-publico",
    statement="Cantar un solo en el concierto de primavera",
    language="es",
    kind="personal",
    status="not-started",
    suggested_by=ANA,
    beyond_school_means=True,
    means=(Means(what="Clases de voz con la directora del coro de la parroquia", source="community"),),
    steps=(StepView(what="Elegir la canción", who=ANA, due=day("2027-01-15")),),
)

PLAN = PlanView(
    prepared_by=(ANA, MARIA),
    prepared_on=day("2026-09-02"),
    consulted=(Dated(ORTIZ, day("2026-09-02")), Dated(LEE, day("2026-09-04"))),
    template_version="2026",
    aspiration="I want to build bridges, and be the first in my family to finish college.",
    course_plan=(
        PlannedCourse(grade=9, course="ENG-09", title="English 9", subject="language-arts", credits=1.0),
        PlannedCourse(grade=9, course="CTE-201", title="Welding 1", subject="cte", credits=0.5, term="fall"),
        PlannedCourse(grade=10, course="CTE-202", title="Welding 2", subject="cte", credits=1.0),
    ),
    post_secondary=(
        ProgramView(
            institution="Salt Lake Community College",
            program="Welding Fabrication and Inspection",
            cip="48.0508",
            field="Precision Metal Working",
            credential="associate",
            objectives=("learn-to-weld",),
            courses=(CourseTie("CTE-201", "Welding 1"), CourseTie("CTE-202", "Welding 2")),
            note="Open house in March; Maria and Ana will go together.",
            offers=(
                OfferView("Basin Technical College", ("certificate",)),
                OfferView("Salt Lake Community College", ("certificate", "associate")),
            ),
        ),
    ),
    careers=(
        CareerView(
            title="Structural welder",
            soc="51-4121",
            occupation="Welders, Cutters, Solderers, and Brazers",
            objectives=("learn-to-weld",),
            courses=(CourseTie("CTE-201", "Welding 1"),),
        ),
        CareerView(title="Civil engineer", soc="17-2051", note="Needs mathematics through calculus."),
    ),
    sources=("Table of occupations, Department of Labor", "Table of colleges, Department of Education"),
    occupational_review=Dated(TSO, day("2026-09-18"), note="A good fit with the shop's program."),
    signatures=(Dated(ANA, day("2026-10-14"), "took-part"), Dated(ORTIZ, day("2026-10-14"), "took-part")),
)

STRENGTHS = StrengthsView(
    by=LEE,
    date=day("2026-10-20"),
    words=Words(
        "Ana is **patient with her hands**: she will run the same bead until it lies flat, then show the next "
        "student how.\n\nShe speaks up in two languages and people listen.",
        "en",
        "2026-27",
    ),
    achievements=(
        Achievement(what="First place, regional SkillsUSA welding, ninth grade", date=day("2026-11-07")),
        Achievement(what="Translated for eleven families at the open house", date=day("2026-08-27")),
    ),
)

PROGRESS = (
    ProgressView(
        id="2026-10-03-first-bead",
        title="First clean bead",
        by=LEE,
        date=day("2026-10-03"),
        objective="learn-to-weld",
        words=Words(
            "Ana ran her first **clean bead** in the school shop.\n\n![The bead](../documents/first-bead.jpg)\n\n"
            "| Try | Clean |\n|---|---|\n| 1 | no |\n| 2 | yes |\n\n"
            "See the [shop's page](https://example.org/shop) and the [letter](../documents/award.pdf).",
            "en",
            "2026-27/progress",
        ),
    ),
    ProgressView(
        id="2026-11-15-carta",
        title="Lo que vemos en casa",
        by=MARIA,
        date=day("2026-11-15"),
        words=Words(
            "Ana hace la tarea en la mesa de la cocina y **ya no se desespera** con las ecuaciones.\n\n"
            "- Estudia con su prima los domingos.\n- Se acuesta más temprano.",
            "es",
            "2026-27/progress",
        ),
    ),
)

REGISTRATIONS = (
    RegistrationView(
        term=FALL,
        registered_on=day("2026-08-05"),
        changes=PlanChanges(
            dropped=("Guitar 1",), added=("Choir",), swapped=(("Ceramics", "Drawing"),), moved=("Health",)
        ),
        classes=(
            RegisteredClass(
                course="ENG-09",
                title="English 9",
                credits=0.5,
                teacher="Priya Raman",
                phone="435-555-0161",
                period=1,
                room="B12",
            ),
            RegisteredClass(
                course="MTH-10",
                title="Secondary Math I",
                credits=0.5,
                teacher="Tom Whitehorse",
                phone="435-555-0162",
                period=2,
                room="C4",
            ),
            RegisteredClass(
                course="SCI-09",
                title="Earth Science",
                credits=0.5,
                teacher="Helen Park",
                phone="435-555-0164",
                period=3,
                room="S2",
            ),
            RegisteredClass(
                course="CTE-201",
                title="Welding 1",
                credits=0.5,
                teacher="Jordan Lee",
                phone="435-555-0166 ext. 12",
                period=4,
                room="Shop",
            ),
            RegisteredClass(
                course="MUS-110", title="Concert Choir", credits=0.25, teacher="Ida Sorensen", phone="435-555-0169"
            ),
        ),
    ),
)

CONFERENCES = (
    ConferenceView(
        id="2026-10-14-annual",
        kind="annual",
        invited=(ANA, MARIA, ORTIZ, LEE),
        attended=(ANA, MARIA, ORTIZ),
        offered_on=day("2026-09-20"),
        held_on=day("2026-10-14"),
        place="Counseling center",
        at_parent_teacher_conference=True,
        words=Words(
            "## What we talked about\n\nMath is the worry, welding is the joy. Ana will go to math lab.\n\n"
            "### Agreed\n\n1. Math lab twice a week.\n2. A visit to the steelworks in February.",
            "en",
            "2026-27/conferences",
        ),
    ),
    ConferenceView(
        id="2026-12-03-math",
        kind="parent-requested",
        invited=(ANA, MARIA, ORTIZ),
        requested_by=MARIA,
        requested_on=day("2026-11-16"),
        answer="Yes: Mr. Whitehorse will join us for the first half hour.",
        answered_on=day("2026-11-18"),
        scheduled_on=day("2026-12-03"),
        time="4:30 pm",
        place="Room 114",
    ),
    ConferenceView(
        id="2026-10-28-grade-9",
        kind="small-group",
        invited=(ANA, MARIA, ORTIZ),
        attended=(ANA, ORTIZ),
        offered_on=day("2026-10-01"),
        held_on=day("2026-10-28"),
        category="Ninth graders interested in the trades",
    ),
)

REQUESTS = (
    RequestView(
        id="welding-hood",
        resource="Welding hood and gloves",
        requested_by=LEE,
        referred_on=day("2026-11-02"),
        objective="learn-to-weld",
        reason="The shop's hoods are too large.",
        outcome="granted",
        decided=Dated(HALE, day("2026-11-09"), note="The CTE fund covers it."),
    ),
    RequestView(
        id="voice-lessons",
        resource="Clases de voz",
        requested_by=MARIA,
        referred_on=day("2026-11-16"),
        objective="cantar-en-publico",
    ),
)

PAPERS = (
    _paper(
        "2026-27/documents/first-bead.jpg",
        "First clean bead",
        "2026-10-03",
        "image/jpeg",
        photo,
        alt="A straight weld bead on a steel plate",
        description="The plate hangs in the shop now.",
    ),
    _paper("2026-27/documents/award.pdf", "Award letter", "2026-11-09", "application/pdf", pdf, kind="letter"),
    _paper(
        "2026-27/documents/psych-letter.pdf",
        "Letter on test accommodations",
        "2026-09-02",
        "application/pdf",
        pdf,
        kind="assessment",
        confidential=True,
        consents=(
            ConsentView(
                signer=Named("Eva Olsen", "School nurse", "olsen"),
                capacity="custodian",
                signed_on=day("2026-09-10"),
                purpose="Planning test accommodations",
                expires=day("2027-06-30"),
            ),
            ConsentView(
                signer=MARIA, capacity="parent", signed_on=day("2026-09-11"), purpose="Planning test accommodations"
            ),
        ),
    ),
    _paper(
        "2026-27/documents/transcript.pdf",
        "Transcript from Mesa Middle School",
        "2026-08-20",
        "application/pdf",
        unreadable,
        kind="transcript",
    ),
)

THIS_YEAR = YearView(
    id="2026-27",
    grade=9,
    occupational=True,
    plan=PLAN,
    strengths=STRENGTHS,
    objectives=(WELD, MATH, CHOIR),
    progress=PROGRESS,
    registrations=REGISTRATIONS,
    conferences=CONFERENCES,
    requests=REQUESTS,
    papers=PAPERS,
    tests=(
        TestView(
            name="Utah Aspire Plus",
            date=day("2026-10-22"),
            scores=(
                Score(part="English", score=178.0, scale="120-200"),
                Score(part="Mathematics", score=161.0, scale="120-200"),
            ),
            note="Taken with extra time.",
        ),
    ),
)

LAST_YEAR = YearView(
    id="2025-26",
    grade=8,
    occupational=False,
    plan=PlanView(
        prepared_by=(MARIA,),
        prepared_on=day("2025-09-10"),
        course_plan=(
            PlannedCourse(grade=8, course="SCI-08", title="Integrated Science 8", subject="science", credits=1.0),
        ),
    ),
    strengths=StrengthsView(
        by=MARIA,
        date=day("2025-09-10"),
        words=Words("Ana cuida a sus hermanos y nunca se rinde.", "es", "2025-26"),
    ),
    objectives=(
        ObjectiveView(
            id="read-ten-books",
            statement="Read ten books in English",
            language="en",
            kind="academic",
            status="met",
            suggested_by=ANA,
            steps=(StepView(what="Choose five books with the librarian", who=ANA, done_on=day("2025-10-01")),),
        ),
    ),
    progress=(
        ProgressView(
            id="2026-03-02-books",
            title="",
            by=ORTIZ,
            date=day("2026-03-02"),
            objective="read-ten-books",
            words=Words(
                "Ana has read eight of her ten books, see the [photo](../documents/books.jpg).",
                "en",
                "2025-26/progress",
            ),
        ),
    ),
    report_cards=(
        ReportCardView(
            term=TermView(id="fall", title="Fall"),
            issued_on=day("2025-12-19"),
            grades=(
                Grade(course="ENG-08", title="English 8", grade="B+", credits_earned=0.5, comment="Reads with care"),
                Grade(course="MTH-08", title="Grade 8 Mathematics", grade="C", credits_earned=0.5),
            ),
            gpa=3.1,
        ),
        ReportCardView(
            term=TermView(id="spring", title="Spring"),
            issued_on=day("2026-05-29"),
            grades=(
                Grade(
                    course="ENG-08",
                    title="English 8",
                    grade="A-",
                    credits_earned=0.5,
                    comment="A strong voice in discussion",
                ),
                Grade(
                    course="MTH-08",
                    title="Grade 8 Mathematics",
                    grade="C+",
                    credits_earned=0.5,
                    comment="Come to lab hours",
                ),
            ),
            gpa=3.3,
        ),
    ),
    conferences=(
        ConferenceView(
            id="2025-10-15-annual",
            kind="annual",
            invited=(ANA, MARIA, ORTIZ),
            attended=(ANA, MARIA, ORTIZ),
            offered_on=day("2025-09-22"),
            held_on=day("2025-10-15"),
        ),
    ),
    papers=(_paper("2025-26/documents/books.jpg", "Ana’s shelf", "2026-03-02", "image/jpeg", photo),),
)

CREDITS = Audit(
    lines=(
        CreditLine(
            subject="language-arts", title="Language arts", required=4.0, earned=1.0, in_progress=0.5, planned=2.5
        ),
        CreditLine(subject="mathematics", title="Mathematics", required=3.0, earned=1.0, in_progress=0.5, planned=1.5),
        CreditLine(subject="science", title="Science", required=3.0, earned=1.0, in_progress=0.5, planned=0.5),
        CreditLine(
            subject="cte",
            title="Career and technical education",
            required=1.0,
            earned=0.0,
            in_progress=0.5,
            planned=1.0,
        ),
        CreditLine(
            subject="financial-literacy",
            title="Financial literacy",
            required=0.5,
            earned=0.0,
            in_progress=0.0,
            planned=0.0,
        ),
    ),
    courses=(
        MappedCourse(
            grade=8, term="", course="ENG-08", title="English 8", subject="language-arts", credits=1.0, state="earned"
        ),
        MappedCourse(
            grade=8,
            term="",
            course="MTH-08",
            title="Grade 8 Mathematics",
            subject="mathematics",
            credits=1.0,
            state="earned",
        ),
        MappedCourse(
            grade=9,
            term="fall",
            course="ENG-09",
            title="English 9",
            subject="language-arts",
            credits=0.5,
            state="in-progress",
        ),
        MappedCourse(
            grade=9, term="fall", course="CTE-201", title="Welding 1", subject="cte", credits=0.5, state="in-progress"
        ),
        MappedCourse(
            grade=10, term="", course="CTE-202", title="Welding 2", subject="cte", credits=1.0, state="planned"
        ),
        MappedCourse(
            grade=11,
            term="",
            course="ENG-11",
            title="English 11",
            subject="language-arts",
            credits=1.0,
            state="planned",
        ),
    ),
    terms=("fall", "spring"),
    gaps=(
        Gap(
            subject="science",
            title="Science",
            credits=1.0,
            choice="Third science",
            courses=(
                OpenCourse(code="CHEM", title="Chemistry", grades=(10, 11, 12), after=("Secondary Math I",)),
                OpenCourse(code="ANAT", title="Anatomy", grades=(11, 12)),
            ),
            grade=12,
            term="fall",
        ),
        Gap(
            subject="financial-literacy",
            title="Financial literacy",
            credits=0.5,
            courses=tuple(OpenCourse(code=f"FIN-{n}", title=f"Money {n}", grades=(12,)) for n in range(1, 7)),
            grade=12,
            term="spring",
        ),
        Gap(subject="electives", title="Electives", credits=2.0, grade=12, term="spring"),
    ),
    problems=(
        CourseProblem(
            kind="prerequisite",
            course="CTE-202",
            title="Welding 2",
            grade=10,
            term="fall",
            state="planned",
            needs=("Welding 1",),
        ),
        CourseProblem(
            kind="grade", course="ENG-11", title="English 11", grade=9, term="fall", state="planned", grades=(11, 12)
        ),
    ),
    transferred=0.5,
)

PEOPLE = (
    PersonView(
        id="ana-rivera", name="Ana Rivera", role="student", phones=(Phone(number="435-555-0119", kind="mobile"),)
    ),
    PersonView(
        id="maria-rivera",
        name="Maria Rivera",
        role="parent",
        relation="mother",
        phones=(Phone(number="435-555-0118", kind="mobile"), Phone(number="435-555-0120", kind="work")),
        address="418 Juniper St, Cedar Flat, UT 84000",
        email="maria@example.org",
    ),
    PersonView(
        id="ortiz",
        name="Dana Ortiz",
        role="counselor",
        position="School counselor",
        phones=(Phone(number="435-555-0160", kind="work"),),
        email="dana.ortiz@example.org",
        since=day("2025-08-18"),
    ),
    PersonView(
        id="lee",
        name="Jordan Lee",
        role="teacher",
        position="CTE teacher",
        phones=(Phone(number="435-555-0166", kind="work"),),
        email="jordan.lee@example.org",
        since=day("2026-08-19"),
    ),
)

STEPS = GradeSteps(
    grade=9,
    steps=("Write the four-year plan with your family", "Try one career day", "Register for a full schedule"),
)

GUIDELINES = Words(
    "Every student at our school meets a counselor **at least once a year**.\n\n"
    "* Choose courses that keep doors open.\n* Ask for help early.",
    "en",
    "template",
)

LABELS: dict[str, str] = {}


def school(labels: dict[str, str] | None = None) -> SchoolView:
    """Return the example school."""
    return SchoolView(
        name="Cedar Flat High School",
        district="Juniper County School District",
        address="200 School Lane, Cedar Flat, UT 84000",
        phone="435-555-0100",
        email="office@example.org",
        principal=HALE,
        school_manager=Named("Dana Ortiz", "School counselor", "ortiz"),
        current_year="2026-27",
        labels=LABELS if labels is None else labels,
        program_title="Cedar Flat standard program",
        program_version="2026",
        guidelines=GUIDELINES,
    )


def ana(asks: tuple[Ask, ...] = ()) -> StudentView:
    """Return Ana's file, with what the school needs from its reader."""
    return StudentView(
        id="rivera-ana",
        name="Ana Rivera",
        preferred_name="Ana",
        student_number="100482",
        birth_date=day("2012-03-09"),
        language="es",
        grade=9,
        homeroom="B12",
        occupational=True,
        years=(THIS_YEAR, LAST_YEAR),
        people=PEOPLE,
        contact=PEOPLE[2],
        next_conference=CONFERENCES[1],
        asks=asks,
        credits=CREDITS,
        steps=STEPS,
        updated=day("2026-11-18"),
    )


def benjamin() -> StudentView:
    """Return the file of a student who enrolled this week: nothing is filled in yet."""
    return StudentView(
        id="kimball-benjamin",
        name="Benjamin Kimball",
        preferred_name="",
        student_number="100611",
        birth_date=day("2014-05-30"),
        language="en",
        grade=7,
        homeroom="",
        occupational=False,
        years=(YearView(id="2026-27", grade=7, occupational=False),),
        people=(PersonView(id="benjamin-kimball", name="Benjamin Kimball", role="student"),),
        contact=PEOPLE[2],
        next_conference=None,
        asks=(),
        credits=Audit(),
        steps=None,
        updated=None,
    )


PARENT_ASKS = (
    Ask(kind="take-part"),
    Ask(kind="step", text="Sign the shop permission form", due=day("2026-12-04")),
)


def parent_site(language: str = "en") -> Site:
    """Return the site of Maria, who has one child at the school."""
    viewer = ViewerView(id="maria-rivera", name="Maria Rivera", language=language, audience="family")
    return Site(viewer=viewer, on=ON, school=school(), files=(ana(PARENT_ASKS),))


def student_site(language: str = "en") -> Site:
    """Return Ana's own site."""
    viewer = ViewerView(id="ana-rivera", name="Ana Rivera", language=language, audience="family")
    asks = (Ask(kind="write-your-part", due=day("2026-12-18")), Ask(kind="step", text="Redo the unit 2 test"))
    return Site(viewer=viewer, on=ON, school=school(), files=(ana(asks),))


def family_site() -> Site:
    """Return the site of somebody who has two children at the school, one of them newly enrolled."""
    viewer = ViewerView(id="maria-rivera", name="Maria Rivera", language="en", audience="family")
    return Site(viewer=viewer, on=ON, school=school(), files=(benjamin(), ana()))


def manager_site(language: str = "en") -> Site:
    """Return the School Manager's site: two students, and papers that somebody cannot see yet."""
    viewer = ViewerView(id="ortiz", name="Dana Ortiz", language=language, audience="staff")
    withheld = (
        Withheld(
            student="rivera-ana",
            student_name="Ana Rivera",
            year="2026-27",
            title="Notes of the school psychologist",
            people=(MARIA, LEE),
            reasons=(
                said(
                    "The consent of the custodian (%(who)s) %(state)s",
                    who=AnyOf(("Iris Olsen", "Jordan Lee")),
                    state=(said("expired on %(day)s", day=dt.date(2026, 11, 1)), said("does not cover this reader")),
                ),
                said(
                    "The consent of %(who)s for %(whom)s %(state)s",
                    who=AnyOf(("Maria Rivera",)),
                    whom="Ana Rivera",
                    state=(said("is missing"),),
                ),
            ),
            along=("progress", "conference"),
        ),
    )
    files = (benjamin(), ana())
    return Site(viewer=viewer, on=ON, school=school(), files=files, withheld=withheld, desk=counselors_desk())


def principal_site(language: str = "en") -> Site:
    """Return the site of the Principal, who takes part in no plan."""
    viewer = ViewerView(id="hale", name="Ruth Hale", language=language, audience="staff")
    return Site(viewer=viewer, on=ON, school=school(), files=(), desk=principals_desk())


def copy_for_parent(language: str = "en") -> Copy:
    """Return Ana's file as Maria may read it on paper."""
    site = parent_site(language)
    return Copy(viewer=site.viewer, on=site.on, school=site.school, file=site.files[0])


def copy_for_everyone() -> Copy:
    """Return Ana's file with what every current participant may see."""
    viewer = ViewerView(id="", name="", language="en", audience="everyone")
    return Copy(viewer=viewer, on=ON, school=school(), file=ana())
