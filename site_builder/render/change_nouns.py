"""What the entries, their lists and their fields are called in a sentence about a change."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.base.changes import ATTACHMENT, OTHER
from site_builder.render.vocabulary import N_

ENTRIES: Mapping[str, str] = {
    "student": N_("student’s data"),
    "participant": N_("participant %(title)s"),
    "consent": N_("consent for %(title)s"),
    "disclosure": N_("disclosure of %(title)s"),
    "plan": N_("plan"),
    "strengths": N_("strengths and achievements"),
    "objective": N_("objective %(title)s"),
    "progress": N_("progress note %(title)s"),
    "registration": N_("registration for %(title)s"),
    "report-card": N_("report card of %(title)s"),
    "test-result": N_("test %(title)s"),
    "conference": N_("conference of %(title)s"),
    "request": N_("request for %(title)s"),
    "document": N_("document %(title)s"),
    ATTACHMENT: N_("file %(title)s"),
    OTHER: N_("file %(title)s"),
    "school": N_("school’s data"),
    "staff": N_("staff directory"),
    "courses": N_("course catalogue"),
    "program": N_("template SEP %(title)s"),
    "guidelines": N_("guidelines of the template SEP"),
    "group": N_("small group %(title)s"),
    "training": N_("training %(title)s"),
    "partnership": N_("partnership with %(title)s"),
    "working-plan": N_("working plan %(title)s"),
    "consultation": N_("consultation on %(title)s"),
    "authorization": N_("authorization of time for %(title)s"),
    "contribution": N_("contribution %(title)s"),
    "district": N_("district’s data"),
}
"""A kind of entry with its title; in Spanish with its article."""

ITEMS: Mapping[tuple[str, str], str] = {
    ("student", "grades"): N_("grade level %(title)s"),
    ("participant", "phones"): N_("telephone %(title)s"),
    ("consent", "third_parties"): N_("third party %(title)s"),
    ("plan", "consulted"): N_("consulted person %(title)s"),
    ("plan", "course_plan"): N_("planned course %(title)s"),
    ("plan", "post_secondary"): N_("program after graduation %(title)s"),
    ("plan", "careers"): N_("career %(title)s"),
    ("plan", "signatures"): N_("signature of %(title)s"),
    ("plan", "proposals"): N_("proposal of %(title)s"),
    ("strengths", "achievements"): N_("achievement %(title)s"),
    ("strengths", "added"): N_("words of %(title)s"),
    ("objective", "means"): N_("means %(title)s"),
    ("objective", "steps"): N_("step %(title)s"),
    ("registration", "classes"): N_("class %(title)s"),
    ("report-card", "grades"): N_("grade in %(title)s"),
    ("test-result", "scores"): N_("score in %(title)s"),
    ("request", "later_decisions"): N_("later decision of %(title)s"),
    ("school", "school_years"): N_("school year %(title)s"),
    ("school", "decides_requests"): N_("delegation to %(title)s"),
    ("school", "waivers"): N_("waiver %(title)s"),
    ("staff", "staff"): N_("staff member %(title)s"),
    ("courses", "courses"): N_("course %(title)s"),
    ("program", "requirements"): N_("requirement %(title)s"),
    ("program", "steps"): N_("steps of grade %(title)s"),
    ("district", "stores"): N_("school %(title)s"),
}
"""An item of a list with what it is called."""

CHOICES: Mapping[tuple[str, str], str] = {
    ("objective", "status"): "status",
    ("objective", "kind"): "objective",
    ("objective", "source"): "source",
    ("conference", "kind"): "conference",
    ("request", "outcome"): "outcome",
    ("document", "kind"): "paper",
    ("document", "level"): "level",
    ("plan", "meaning"): "meaning",
    ("plan", "credential"): "credential",
    ("plan", "subject"): "subject",
    ("plan", "term"): "term",
    ("participant", "role"): "role",
    ("participant", "kind"): "phone",
    ("participant", "status"): "rights",
    ("consent", "capacity"): "capacity",
    ("consent", "answer"): "consent",
    ("registration", "term"): "term",
    ("report-card", "term"): "term",
    ("courses", "subject"): "subject",
    ("program", "subject"): "subject",
}
"""Which table of words has the choices of a field, by kind and the last key."""

PEOPLE = frozenset(
    (
        *("person", "by", "who", "suggested_by", "requested_by", "prepared_by", "invited", "attended", "signer"),
        *("assigned_by", "delegated_by", "appointed_by", "authorized_by", "principal", "staff", "affects"),
        *("recipients", "participant", "consulted", "signatures", "proposals", "added", "later_decisions"),
        "decides_requests",
    )
)
"""Fields whose values are ids of people, and lists whose items are called by one."""

OTHER_TITLES: Mapping[tuple[str, ...], str] = {("report-card", "grades", "grade"): N_("Grade earned")}
"""Titles that say here what they say in their form by the place they stand in."""

FIELDS = (
    *(N_("Achievements"), N_("Activity"), N_("Added words"), N_("Address"), N_("Adopted on"), N_("Affects")),
    *(N_("After graduation"), N_("Answer"), N_("Answer within"), N_("Answered on"), N_("Appointed by")),
    *(N_("Appointed on"), N_("Aspiration"), N_("Assigned by"), N_("Assigned on"), N_("At parent-teacher conferences")),
    *(N_("Attended"), N_("Authorized by"), N_("Authorized on"), N_("Basis"), N_("Beyond the school's means")),
    *(N_("Birth date"), N_("By"), N_("Capacity"), N_("Career"), N_("Careers"), N_("Carried over from")),
    *(N_("Category"), N_("Choices"), N_("Classes"), N_("Code"), N_("Comment"), N_("Consents"), N_("Consulted")),
    *(N_("Contact"), N_("Content hash"), N_("Counts from grade"), N_("Course"), N_("Course plan"), N_("Courses")),
    *(N_("Court order"), N_("Credential"), N_("Credits"), N_("Credits earned"), N_("Current school year")),
    *(N_("Custodian's reason"), N_("Date"), N_("Decides on requests"), N_("Decision"), N_("Declined on")),
    *(N_("Delegated by"), N_("Delegated on"), N_("Dependent for tax"), N_("Description"), N_("District")),
    *(N_("Document"), N_("Done on"), N_("Due"), N_("Duties"), N_("E-mail"), N_("Enrolled on"), N_("Expires")),
    *(N_("File"), N_("Fingerprint"), N_("First day"), N_("Format"), N_("From"), N_("From another school")),
    *(N_("Further rules"), N_("GPA"), N_("Grade"), N_("Grade by school year"), N_("Grades"), N_("Held on")),
    *(N_("Hold by"), N_("Homeroom"), N_("Hours"), N_("Id"), N_("In touch within"), N_("In-service")),
    *(N_("Independence"), N_("Institution"), N_("Invited"), N_("Issued on"), N_("Kind"), N_("Labels")),
    *(N_("Language"), N_("Last day"), N_("Later decisions"), N_("Law"), N_("Left on"), N_("Level"), N_("Meaning")),
    *(N_("May be repeated for credit"), N_("Means"), N_("Method"), N_("Name"), N_("Name of the school"), N_("Note")),
    *(N_("Number"), N_("Objective"), N_("Objectives"), N_("Occupation code"), N_("Occupational review")),
    *(N_("Offer by"), N_("Offered on"), N_("Offers"), N_("On"), N_("One of"), N_("Other archives"), N_("Outcome")),
    *(N_("Parent-teacher conferences"), N_("Parental rights"), N_("Parents of an adult student"), N_("Part")),
    *(N_("Participant"), N_("Partner"), N_("Partnership"), N_("Parts"), N_("Path"), N_("Period"), N_("Person")),
    *(N_("Place"), N_("Position"), N_("Preferred name"), N_("Prepared by"), N_("Prepared on"), N_("Prerequisites")),
    *(N_("Present"), N_("Principal"), N_("Privacy settings"), N_("Program"), N_("Program code"), N_("Proposed on")),
    *(N_("Protected address"), N_("Purpose"), N_("Reason"), N_("Recipients"), N_("Referred on"), N_("Registered on")),
    *(N_("Relation"), N_("Reminders"), N_("Requested by"), N_("Requested on"), N_("Requirements"), N_("Resource")),
    *(N_("Revoked on"), N_("Role"), N_("Room"), N_("Round of conferences"), N_("Scale"), N_("Scheduled on")),
    *(N_("School Manager"), N_("School year"), N_("School years"), N_("Score"), N_("Scores"), N_("Signatures")),
    *(N_("Signed on"), N_("Signer"), N_("Since"), N_("Small group"), N_("Smallest group"), N_("Source"), N_("Staff")),
    *(N_("State"), N_("Statement"), N_("Status"), N_("Steps"), N_("Steps by grade"), N_("Stores")),
    *(N_("Student number"), N_("Subject area"), N_("Suggested by"), N_("Suggested on"), N_("Taken on")),
    *(N_("Taken proposals"), N_("Teacher"), N_("Teacher's telephone"), N_("Telephone"), N_("Telephones")),
    *(N_("Template edition"), N_("Term"), N_("Terms"), N_("Text for the picture"), N_("Third parties"), N_("Time")),
    *(N_("Time zone"), N_("Title"), N_("To"), N_("Topic"), N_("Topics"), N_("Until"), N_("Version"), N_("Waivers")),
    *(N_("What"), N_("Who"), N_("Who decided"), N_("With"), N_("Words")),
)
"""The titles that the schemas give to fields; a test finds one that is missing here."""
