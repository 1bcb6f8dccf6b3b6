"""A release to a third party on disk: as one archive, and the words with which the file remembers it (policy: P35)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

from site_builder.base.artifact import Artifact
from site_builder.model.records import Consent, Disclosure
from site_builder.model.store import Store, StudentFile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(artifacts: Iterable[Artifact]) -> bytes:
    """Return the files as a ZIP archive; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(artifacts, key=lambda each: each.path):
            about = zipfile.ZipInfo(each.path, _EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o600 << 16
            archive.writestr(about, each.content)
    return out.getvalue()


def told(sections: Sequence[str], years: Sequence[str], titles: Sequence[str]) -> str:
    """Return in words what is given: the sections with their years, and the documents by title."""
    parts = []
    if sections:
        listed = ", ".join(each.replace("-", " ") for each in sections)
        parts.append(f"{listed[:1].upper()}{listed[1:]} of {', '.join(years)}")
    if titles:
        parts.append("; ".join(titles))
    return "; ".join(parts)


def basis(store: Store, file: StudentFile, consents: Sequence[Consent]) -> str:
    """Return in words why it was allowed: whose consents, and when they were signed."""
    lines = []
    for each in consents:
        signer = file.participant(each.signer) or store.staff_member(each.signer)
        lines.append(f"{signer.name if signer is not None else each.signer}, {each.signed_on.isoformat()}")
    return f"Written consents: {'; '.join(dict.fromkeys(lines))}"


def recorded(file: StudentFile, new: Disclosure) -> Disclosure | None:
    """Return the entry of this file that says the same already, on the same day and on the same ground."""

    def said(each: Disclosure) -> tuple[object, ...]:
        return each.what, each.to, each.on, each.purpose, each.consents, each.law

    return next((each for each in file.disclosures if said(each) == said(new)), None)
