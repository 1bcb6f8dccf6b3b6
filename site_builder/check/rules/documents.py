"""Supporting documents and the consents to them (SEP41x)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.base.codes import Code, Example
from site_builder.base.diagnostics import Diagnostic, Severity, Span
from site_builder.check.entries import did_you_mean
from site_builder.check.rulebook import Rule, per_student
from site_builder.model.records import SupportingDocument
from site_builder.model.store import Store, StudentFile

_DESCRIPTION = "students/lopez-sam/2026-27/documents/book-shelf.yaml"
_HEARING = "students/lopez-sam/2026-27/documents/hearing-letter.yaml"
_CONSENT = "students/lopez-sam/consents/2026-09-10-hearing-custodian.yaml"


def _shelf(file: str) -> str:
    return f"file: {file}\ntitle: The summer shelf\ndate: 2026-08-20\nlevel: open\nkind: photo\nalt: Nine books\n"


def _hearing(affects: str) -> str:
    return (
        "file: hearing-letter.png\ntitle: Letter about hearing\ndate: 2026-09-02\nlevel: confidential\nkind: letter\n"
        f"alt: A letter\naffects: {affects}\n"
    )


def _consent(signer: str, sha256: str) -> str:
    return (
        f"document: 2026-27/hearing-letter\nsigner: {signer}\ncapacity: custodian\npurpose: Seating in class\n"
        f"recipients: [parent]\nsigned_on: 2026-09-10\nmethod: paper\nsha256: {sha256}\n"
    )


_SOME_HASH = "0" * 64

FILE_MISSING = Code(
    code="SEP410",
    severity=Severity.ERROR,
    title="a description names a file that is not beside it",
    why=(
        "The file holds the documents themselves and never points elsewhere. A description without its document is a "
        "reference to something that the file does not hold."
    ),
    policy="P37",
    fails=(Example(_DESCRIPTION, _shelf("books-shelf.png  # <-- here")),),
    passes=(Example(_DESCRIPTION, _shelf("book-shelf.png")),),
)
NOT_DESCRIBED = Code(
    code="SEP411",
    severity=Severity.WARNING,
    title="a document has no description, so nobody can see it",
    why=(
        "Beside each document stands a description with its title, date and level. A document without one counts as "
        "confidential and without consents: it is shown to nobody."
    ),
    policy="P7",
    fails=(Example("students/lopez-sam/2026-27/documents/list.pdf", "%PDF-1.4\n%%EOF\n"),),
)
KIND = Code(
    code="SEP412",
    severity=Severity.ERROR,
    title="a document is of a kind that may not be kept in the file",
    why=(
        "Documents are given to families as they are. Images (PNG, JPEG, WebP, GIF), PDF and office files without "
        "macros can be opened safely; web pages, drawings with scripts, programs and archives cannot. The kind is told "
        "by what is in the file, not by its name."
    ),
    policy="P38",
    fails=(Example("students/lopez-sam/2026-27/documents/book-shelf.png", "<html><script>alert(1)</script></html>\n"),),
)
ALT = Code(
    code="SEP413",
    severity=Severity.WARNING,
    title="a picture has no words for those who cannot see it",
    why="Some parents use a screen reader, and a print can be hard to see: `alt` says in a sentence what is shown.",
    policy="P25",
    fails=(Example(_DESCRIPTION, _shelf("book-shelf.png").replace("alt: Nine books\n", "")),),
    passes=(Example(_DESCRIPTION, _shelf("book-shelf.png")),),
)
SEVERAL_STUDENTS = Code(
    code="SEP414",
    severity=Severity.WARNING,
    title="a document is about another student too",
    why=(
        "A record about several students is split, or the others are taken out of it, before it goes into a file. "
        "Until then it is shown to nobody."
    ),
    policy="P36",
    fails=(
        Example(_HEARING, _hearing("[sam-lopez, ivy-ward]  # <-- here")),
        Example("students/lopez-sam/participants/ivy-ward.yaml", "name: Ivy Ward\nrole: guardian\nsince: 2026-08-19\n"),
    ),
    passes=(Example(_HEARING, _hearing("[sam-lopez]")),),
)
OTHER_VERSION = Code(
    code="SEP415",
    severity=Severity.WARNING,
    title="a document was changed after somebody consented to it",
    why=(
        "A consent is for the bytes that the signer saw. The document has other bytes now, so this consent no longer "
        "releases it: who signed has to see the new version."
    ),
    policy="P36",
    fails=(Example(_CONSENT, _consent("nurse-bell", f"{_SOME_HASH}  # <-- here")),),
)
CUSTODIAN = Code(
    code="SEP416",
    severity=Severity.WARNING,
    title="a custodian's consent is signed by somebody who is not a custodian",
    why=(
        "Confidential documents need the consent of school personnel charged with protecting them: staff with the duty "
        "`custodian` in `staff.yaml`, and not somebody whom the document is about."
    ),
    policy="P36",
    fails=(Example(_CONSENT, _consent("park  # <-- here", _SOME_HASH)),),
    passes=(Example(_CONSENT, _consent("nurse-bell", _SOME_HASH)),),
)
ACTIVE = Code(
    code="SEP417",
    severity=Severity.ERROR,
    title="a PDF that does more than be read",
    why=(
        "A PDF can hold programs, other files, and orders to open or send something. Whoever opens it on a family's "
        "computer runs them. What is locked or oddly packed cannot be looked into, so it is not passed on either. "
        "Printed to a new PDF, the same pages are nothing but pages."
    ),
    policy="P38",
    fails=(
        Example(
            "students/lopez-sam/2026-27/documents/list.pdf", "%PDF-1.4\n1 0 obj <</S /JavaScript /JS (x)>> endobj\n"
        ),
    ),
    passes=(Example("students/lopez-sam/2026-27/documents/list.pdf", "%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n"),),
)


def _file_missing(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        names = {each.name for each in year.attachments}
        for document in year.documents:
            if document.file not in names:
                yield FILE_MISSING.at(
                    document.origin.span(("file",)),
                    f"there is no `{document.file}` beside this description",
                    *did_you_mean(document.file, names),
                    "put the document into the same folder",
                )


def _not_described(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        described = {each.file for each in year.documents}
        unread = store.unread_ids("document", file.id, year.id)
        for attachment in year.attachments:
            if attachment.name not in described and not unread:
                stem = attachment.name.rpartition(".")[0]
                yield NOT_DESCRIBED.at(
                    Span.whole_file(attachment.path),
                    "this document has no description beside it",
                    f"write `{stem}.yaml` with `file`, `title` and `date`",
                )


def _kind(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for attachment in year.attachments:
            if not attachment.media_type:
                yield KIND.at(
                    Span.whole_file(attachment.path),
                    "what is in this file is not an image, a PDF or an office document without macros",
                    "print it to a PDF and keep that",
                )


def _active(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for attachment in year.attachments:
            if attachment.active:
                yield ACTIVE.at(
                    Span.whole_file(attachment.path),
                    f"this PDF holds {_listed(attachment.active)}",
                    "open it where it can do no harm, print it to a new PDF, and keep that one",
                )


def _listed(parts: tuple[str, ...]) -> str:
    *rest, last = parts
    return f"{', '.join(rest)} and {last}" if rest else last


def _alt(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    for year in file.years:
        for document in year.documents:
            attachment = year.attachment(document.file)
            if attachment is not None and attachment.media_type.startswith("image/") and not document.alt:
                yield ALT.at(
                    document.origin.span(("file",)),
                    "this picture has no description in words",
                    "add `alt:` with one sentence that says what is seen",
                )


def _several_students(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    others = {each.student.participant for each in store.students if each.id != file.id}
    for document in _all_documents(file):
        for index, person in enumerate(document.affects if isinstance(document.affects, tuple) else ()):
            if person in others:
                yield SEVERAL_STUDENTS.at(
                    document.origin.span(("affects", index)),
                    "this document affects a student whose file this is not",
                    "split the document, or take the other student out of it, and correct `affects`",
                )


def _other_version(_store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    hashes = {
        f"{year.id}/{document.id}": attachment.sha256
        for year in file.years
        for document in year.documents
        if (attachment := year.attachment(document.file)) is not None
    }
    for consent in file.consents:
        known = hashes.get(consent.document)
        if known is not None and consent.answer == "consent" and consent.sha256 != known:
            yield OTHER_VERSION.at(
                consent.origin.span(("sha256",)),
                "the document is not the one that was consented to",
                f"ask the signer to consent to the new version: `sep consent {file.id} {consent.document}` records it",
            )


def _custodian(store: Store, file: StudentFile, _today: dt.date) -> Iterator[Diagnostic]:
    affected = {
        f"{year.id}/{document.id}": document.affects
        for year in file.years
        for document in year.documents
        if isinstance(document.affects, tuple)
    }
    for consent in file.consents:
        if consent.capacity != "custodian":
            continue
        member = store.staff_member(consent.signer)
        if member is None or "custodian" not in member.duties:
            message = f"`{consent.signer}` does not have the duty `custodian`"
        elif consent.signer in affected.get(consent.document, ()):
            message = f"`{consent.signer}` is affected by this document and cannot be its custodian"
        else:
            continue
        yield CUSTODIAN.at(
            consent.origin.span(("signer",)), message, "let a custodian sign, or add the duty in `staff.yaml`"
        )


def _all_documents(file: StudentFile) -> Iterator[SupportingDocument]:
    for year in file.years:
        yield from year.documents


RULES: tuple[Rule, ...] = (
    per_student(FILE_MISSING, _file_missing),
    per_student(NOT_DESCRIBED, _not_described),
    per_student(KIND, _kind),
    per_student(ACTIVE, _active),
    per_student(ALT, _alt),
    per_student(SEVERAL_STUDENTS, _several_students),
    per_student(OTHER_VERSION, _other_version),
    per_student(CUSTODIAN, _custodian),
)
