"""The words shown for the choices that stand in files: one table a field, in the order of the field's choices."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.render.i18n import Messages


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this where it is shown"
    """Return `message` as it is; it marks a message that is translated later."""
    return message


WORDS: Mapping[str, Mapping[str, str]] = {
    "role": {
        "student": N_("Student"),
        "parent": N_("Parent"),
        "guardian": N_("Guardian"),
        "teacher": N_("Teacher"),
        "counselor": N_("Counselor"),
        "administrator": N_("Administrator"),
        "occupational-specialist": N_("Occupational specialist"),
        "other-staff": N_("School staff"),
    },
    "relation": {
        "mother": N_("mother"),
        "father": N_("father"),
        "stepmother": N_("stepmother"),
        "stepfather": N_("stepfather"),
        "grandmother": N_("grandmother"),
        "grandfather": N_("grandfather"),
        "aunt": N_("aunt"),
        "uncle": N_("uncle"),
        "foster parent": N_("foster parent"),
    },
    "entry_kind": {
        "plan": N_("plan"),
        "strengths": N_("strengths"),
        "objective": N_("objective"),
        "progress": N_("note on progress"),
        "registration": N_("registration"),
        "report-card": N_("report card"),
        "test-result": N_("test"),
        "conference": N_("conference"),
        "request": N_("request for a resource"),
        "document": N_("document"),
    },
    "status": {
        "not-started": N_("Not started"),
        "on-track": N_("On track"),
        "needs-help": N_("Needs help"),
        "met": N_("Met"),
        "set-aside": N_("Set aside"),
    },
    "objective": {
        "academic": N_("Academic"),
        "occupational": N_("Occupational"),
        "personal": N_("Personal"),
    },
    "source": {
        "school": N_("School"),
        "family": N_("Family"),
        "student": N_("Student"),
        "community": N_("Community"),
    },
    "conference": {
        "annual": N_("Yearly conference"),
        "small-group": N_("Small-group conference"),
        "parent-requested": N_("Conference that a parent asked for"),
    },
    "outcome": {
        "granted": N_("Granted"),
        "declined": N_("Declined"),
        "deferred": N_("Put off"),
        "": N_("Waiting for an answer"),
    },
    "paper": {
        "letter": N_("Letter"),
        "certificate": N_("Certificate"),
        "photo": N_("Photo"),
        "work-sample": N_("Work sample"),
        "assessment": N_("Assessment"),
        "report": N_("Report"),
        "transcript": N_("Transcript"),
        "other": N_("Paper"),
        "": N_("Paper"),
    },
    "capacity": {
        "custodian": N_("Keeper of the record"),
        "affected-party": N_("Person concerned"),
        "parent": N_("Parent"),
        "adult-student": N_("Adult student"),
    },
    "meaning": {
        "took-part": N_("Took part"),
        "received-copy": N_("Received a copy"),
    },
    "phone": {
        "mobile": N_("mobile"),
        "home": N_("home"),
        "work": N_("work"),
        "": N_("telephone"),
    },
    "credential": {
        "certificate": N_("Certificate"),
        "license": N_("License"),
        "apprenticeship": N_("Apprenticeship"),
        "associate": N_("Associate degree"),
        "bachelor": N_("Bachelor’s degree"),
        "other": N_("Other credential"),
    },
    "subject": {
        "language-arts": N_("Language arts"),
        "mathematics": N_("Mathematics"),
        "science": N_("Science"),
        "social-studies": N_("Social studies"),
        "arts": N_("Arts"),
        "pe-health": N_("Physical education and health"),
        "cte": N_("Career and technical education"),
        "digital-studies": N_("Digital studies"),
        "financial-literacy": N_("Financial literacy"),
        "electives": N_("Electives"),
    },
    "due": {
        "annual-conference-offer": N_("Offer the yearly conference"),
        "annual-conference-hold": N_("Hold the yearly conference"),
        "group-conference": N_("Small-group conference with parent and counselor"),
        "individual-conference": N_("Conference with parent and counselor"),
        "parent-request-answer": N_("Answer the parent who asked for a conference"),
        "family-not-reached": N_("No parent has come to a conference this year"),
        "last-contact": N_("Be in touch again"),
        "plan": N_("Begin the plan"),
        "own-part": N_("The student’s own part of the plan"),
        "plan-review-occupational": N_("Review by occupational staff"),
        "registration": N_("Registration"),
        "report-card": N_("Report card"),
        "earlier-credits": N_("Enter the credits of the earlier school"),
        "request-decision": N_("Decide on a request"),
        "training": N_("Training in making plans"),
        "adult-soon": N_("Comes of age"),
        "revocation-over": N_("Court order whose time is over"),
        "participant-ends": N_("Parts of staff that end"),
    },
    "level": {
        "open": N_("Open"),
        "confidential": N_("Confidential"),
    },
    "rights": {
        "full": N_("Full rights"),
        "revoked": N_("Rights taken by a court order"),
    },
    "consent": {
        "consent": N_("Consent"),
        "objection": N_("Objection"),
    },
    "term": {
        "fall": N_("Fall"),
        "spring": N_("Spring"),
    },
}

TITLES = (N_("Fine arts"), N_("General financial literacy"), N_("Fall semester"), N_("Spring semester"))
"""Titles that schools commonly give to their subjects and terms, beside the words above."""


def word(messages: Messages, field: str, choice: str) -> str:
    """Return the word for `choice` of `field`; a choice of the school's own is shown as it was written."""
    known = WORDS[field].get(choice)
    return choice if known is None else messages.gettext(known)
